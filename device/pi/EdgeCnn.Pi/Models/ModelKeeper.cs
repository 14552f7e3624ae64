using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Teaching;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Models;

/// <summary>
/// Which model runs. A new one is checked, written to the slot that does not run, read back and checked again, and started on trial: when
/// it fails a frame, or the program ends before it did <see cref="ModelSettings.TrialFrames"/> of them, the one before runs again.
/// </summary>
internal sealed class ModelKeeper : IDisposable
{
    private readonly PiSettings _settings;
    private readonly Slots _slots;
    private readonly InferenceLoop _loop;
    private readonly Classroom _classroom;
    private readonly PublicKey? _key;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private int _trialFrames;

    /// <summary>Makes the keeper; <see cref="Start"/> starts a model.</summary>
    public ModelKeeper(PiSettings settings, Slots slots, InferenceLoop loop, IButtons buttons, ILogger log)
    {
        (_settings, _slots, _loop, _log) = (settings, slots, loop, log);
        if (settings.Model.PublicKey.Length > 0) _key = PublicKey.FromPem(File.ReadAllText(settings.Model.PublicKey));
        _classroom = new Classroom(() => Lessons, buttons, log);
        loop.Watch(See);
        loop.Failed = _ => { if (_slots.State is { IsOnTrial: true }) GiveUp(); };
    }

    /// <summary>What the model that runs was taught; null when it can't be. On the model's thread.</summary>
    public Lessons? Lessons { get; private set; }

    /// <summary>Teaches it. On the model's thread.</summary>
    public Classroom Classroom => _classroom;

    /// <summary>Why no model runs, or another one than the newest; empty when all is well.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>What is in the slots.</summary>
    public IReadOnlyList<SlotInfo> List { get; private set; } = [];

    /// <summary>Starts the model of the slot that is noted, else of the other one, else the one to begin with. Before the loop
    /// starts.</summary>
    public void Start()
    {
        SlotState? noted = _slots.State;
        if (noted is { IsOnTrial: true })
        {
            Report($"the program ended while the model of slot {noted.Running} was on trial; the one before runs again");
            noted = new SlotState(Slots.Other(noted.Running), IsOnTrial: false);
        }
        char first = noted?.Running ?? Slots.Names[0];
        foreach (char slot in (char[])[first, Slots.Other(first)])
        {
            if (!File.Exists(_slots.PathOf(slot))) continue;
            try
            {
                Change(Open(File.ReadAllBytes(_slots.PathOf(slot)), _slots.PathOf(slot)));
                Note(new SlotState(slot, IsOnTrial: false));
                return;
            }
            catch (Exception refused) when (refused is InvalidDataException or IOException)
            {
                Report($"slot {slot} can't be used: {refused.Message}");
            }
        }
        StartFirst(first);
    }

    /// <summary>The file of the model that runs; empty when none does.</summary>
    public byte[] ReadRunning()
    {
        string path = _slots.State is { } state ? _slots.PathOf(state.Running) : "";
        return File.Exists(path) ? File.ReadAllBytes(path) : [];
    }

    /// <summary>Installs a model.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <returns>Completes when it runs, on trial.</returns>
    /// <exception cref="InvalidDataException">It is refused; the message says why.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public async Task Install(byte[] model, string source)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            Open(model, source).Dispose();
            char slot = _slots.Spare;
            _slots.Write(slot, model);
            await Run(slot, isOnTrial: _slots.State is not null);
            _log.Say($"{source} runs from slot {slot}");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Returns to the model of the other slot.</summary>
    /// <exception cref="InvalidDataException">It can't be used.</exception>
    public async Task RollBack()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            char slot = Slots.Other(_slots.State?.Running ?? Slots.Names[0]);
            if (!File.Exists(_slots.PathOf(slot))) throw new InvalidDataException("there is no model to go back to");
            await Run(slot, isOnTrial: false);
            _log.Say($"the model of slot {slot} runs again");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Lessons?.Dispose();
        _oneAtATime.Dispose();
    }

    /// <summary>A model that passed every check that needs no camera.</summary>
    private Engine Open(byte[] model, string source)
    {
        ModelHealth.Verify(model, source, _settings.Model.MaxBytes, _key);
        return ModelHealth.Try(Engine.Open(model, source, _settings.Answer, _settings.Sound));
    }

    private async Task Run(char slot, bool isOnTrial)
    {
        Engine engine = Open(await File.ReadAllBytesAsync(_slots.PathOf(slot)), _slots.PathOf(slot));
        await _loop.Ask(() =>
        {
            _trialFrames = 0;
            Trouble = "";
            try
            {
                _slots.Note(new SlotState(slot, isOnTrial));
            }
            catch
            {
                engine.Dispose();
                throw;
            }
            List = SlotInfo.ReadAll(_slots);
            Change(engine);
            return true;
        });
    }

    private void StartFirst(char slot)
    {
        string file = _settings.Model.File;
        if (file.Length == 0)
        {
            Report("there is no model yet; upload one, put one into Model:Inbox, or set Model:File");
            return;
        }
        try
        {
            byte[] model = File.ReadAllBytes(file);
            Change(Open(model, file));
            _slots.Write(slot, model);
            Note(new SlotState(slot, IsOnTrial: false));
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Report($"Model:File can't be used: {refused.Message}");
        }
    }

    /// <summary>Lets another model work, with what it was taught.</summary>
    private void Change(Engine engine)
    {
        Lessons? lessons = LessonsOf(engine);
        _classroom.Interrupt();
        Lessons?.Dispose();
        Lessons = lessons;
        _loop.Change(engine)?.Dispose();
    }

    /// <summary>What a model was taught; null when it can't be. A camera that can't be taught still sees.</summary>
    private Lessons? LessonsOf(Engine engine)
    {
        try
        {
            return engine.CanLearn ? new Lessons(engine, Path.Combine(_settings.Model.Folder, "lessons", engine.ModelId)) : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Report($"the model can't be taught: {refused.Message}");
            return null;
        }
    }

    private void See(Frame frame)
    {
        _classroom.See(frame);
        if (_slots.State is not { IsOnTrial: true } state) return;
        if (++_trialFrames >= _settings.Model.TrialFrames) Note(state with { IsOnTrial = false });
    }

    /// <summary>Goes back, on the model's thread, from a model that failed on trial.</summary>
    private void GiveUp()
    {
        char slot = Slots.Other(_slots.State!.Running);
        try
        {
            Change(Open(File.ReadAllBytes(_slots.PathOf(slot)), _slots.PathOf(slot)));
            Note(new SlotState(slot, IsOnTrial: false));
            Report($"the new model failed; the model of slot {slot} runs again");
        }
        catch (Exception refused) when (refused is InvalidDataException or IOException)
        {
            Report($"the new model failed, and the one before can't be used: {refused.Message}");
        }
    }

    /// <summary>Notes which slot runs. When that can't be written, the program still runs; the next start decides again.</summary>
    private void Note(SlotState state)
    {
        try
        {
            if (state != _slots.State) _slots.Note(state);
            List = SlotInfo.ReadAll(_slots);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Report($"which slot runs can't be noted: {failure.Message}");
        }
    }

    private void Report(string trouble)
    {
        _log.Warn(trouble);
        Trouble = trouble;
    }
}
