using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>What is learned is kept in a folder, and taken back step by step.</summary>
public sealed unsafe class TeacherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-teacher-");
    private readonly EdgeModel _model = EdgeModel.Open(TestModel.Learning("hand-signs-gray"), new ModelOptions { Learns = true });
    private Teacher _teacher;

    [Fact]
    public void Lessons_outlive_the_program()
    {
        Assert.Equal(Fault.None, Open());
        ulong made = Hash();
        Teach(4, 3);
        Assert.NotEqual(made, Hash());
        byte[] delta = Learned();

        _model.Reset();
        Assert.Equal(made, Hash());
        Assert.Equal(Fault.None, Open());
        Assert.Equal(3, _teacher.Newest);
        Assert.Equal(delta, Learned());
        Assert.Equal(["000001.delta", "000002.delta", "000003.delta"], Files());
    }

    [Fact]
    public void Undoing_goes_back_lesson_by_lesson_to_the_model_as_it_was_made()
    {
        Open();
        ulong made = Hash();
        var deltas = new List<byte[]>();
        for (int i = 0; i < 3; i++)
        {
            Teach(i, 1);
            deltas.Add(Learned());
        }
        Assert.Equal(Fault.None, _teacher.Undo());
        Assert.Equal(deltas[1], Learned());
        Assert.Equal(Fault.None, _teacher.Undo());
        Assert.Equal(deltas[0], Learned());
        Assert.Equal(Fault.None, _teacher.Undo());
        Assert.Equal(made, Hash());
        Assert.Equal(Fault.NothingToUndo, _teacher.Undo());
        Assert.Empty(Files());
    }

    [Fact]
    public void A_lesson_after_undoing_takes_the_free_number()
    {
        Open();
        Teach(1, 2);
        _teacher.Undo();
        Teach(2, 1);
        Assert.Equal(2, _teacher.Newest);
        Assert.Equal(["000001.delta", "000002.delta"], Files());
    }

    [Fact]
    public void Old_lessons_are_forgotten_and_cannot_be_undone_to()
    {
        Open();
        Teach(5, Teacher.Kept + 2);
        Assert.Equal(Teacher.Kept, Files().Length);
        Assert.Equal("000003.delta", Files()[0]);
        for (int i = 1; i < Teacher.Kept; i++) Assert.Equal(Fault.None, _teacher.Undo());
        ulong hash = Hash();
        Assert.Equal(Fault.NothingToUndo, _teacher.Undo());
        Assert.Equal(hash, Hash());
    }

    [Fact]
    public void What_a_power_cut_left_is_removed_and_a_damaged_delta_passed_over()
    {
        Open();
        Teach(6, 2);
        string newest = Path.Combine(_folder.FullName, "000002.delta"), temporary = Path.Combine(_folder.FullName, ".delta.tmp");
        byte[] whole = File.ReadAllBytes(newest);
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(newest, whole[..length]);
            File.WriteAllBytes(temporary, whole[..length]);
            Assert.Equal(Fault.None, Open());
            Assert.Equal(1, _teacher.Newest);
            Assert.False(File.Exists(temporary));
        }
    }

    [Fact]
    public void A_delta_of_another_model_is_passed_over()
    {
        using EdgeModel other = EdgeModel.Open(TestModel.Learning("hand-signs"), new ModelOptions { Learns = true });
        other.Learn(1);
        other.SaveDelta(Path.Combine(_folder.FullName, "000009.delta"));
        Assert.Equal(Fault.None, Open());
        Assert.Equal(0, _teacher.Newest);
    }

    [Fact]
    public void A_folder_that_is_gone_is_a_fault_and_not_a_lesson()
    {
        Open();
        Teach(1, 1);
        _folder.Delete(recursive: true);
        Assert.Equal(Fault.None, _teacher.Learn(1));
        Assert.Equal(Fault.CannotWrite, _teacher.Save());
        Assert.Equal(2, _teacher.Error);
        Assert.Equal(1, _teacher.Newest);
        Assert.Equal(Fault.CannotRead, Open());
        _folder.Create();
    }

    [Fact]
    public void Labels_that_the_model_lacks_are_not_learned()
    {
        Open();
        ulong made = Hash();
        Assert.Equal(Fault.NoLabel, _teacher.Learn(10));
        Assert.Equal(Fault.NoLabel, _teacher.Learn(-1));
        Assert.Equal(made, Hash());
    }

    [Fact]
    public void A_model_without_a_plan_cannot_learn()
    {
        using EdgeModel model = TestModel.Open("hand-signs-gray");
        fixed (byte* folder = Encoding.UTF8.GetBytes(_folder.FullName + '\0'))
            Assert.Equal(Fault.CannotLearn, _teacher.Open(model.ModelPointer, model.SourcePointer, model.ArenaPointer, folder));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _folder.Delete(recursive: true);
    }

    private Fault Open()
    {
        fixed (byte* folder = Encoding.UTF8.GetBytes(_folder.FullName + '\0'))
            return _teacher.Open(_model.ModelPointer, _model.SourcePointer, _model.ArenaPointer, folder);
    }

    private void Teach(int label, int times)
    {
        byte[] pixels = new byte[_model.Inputs[0].Elements];
        for (int i = 0; i < times; i++)
        {
            new Random(label + i).NextBytes(pixels);
            _model.SetPixels(pixels);
            Assert.Equal(Fault.None, _teacher.Learn(label));
            Assert.Equal(Fault.None, _teacher.Save());
        }
    }

    private ulong Hash() => Learner.Hash(_model.ModelPointer, _model.ArenaPointer);

    private byte[] Learned()
    {
        using var delta = new MemoryStream();
        _model.SaveDelta(delta);
        return delta.ToArray();
    }

    private string[] Files() => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
