using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Teaching;
using EdgeCnn.Pi.Tests.Support;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class TeachingTests
{
    private const int Frames = 8;

    [Fact]
    public void A_lesson_changes_the_answer_survives_a_restart_and_is_undone()
    {
        using var scratch = new Scratch();
        string lessons = scratch.At("lessons");
        using Engine engine = Open();
        using var first = new Lessons(engine, lessons);
        int before = Answer(engine), other = (before + 1) % 10;
        while (Answer(engine) != other) Teach(first, other);
        int taught = first.Newest;
        Assert.Equal(Enumerable.Range(1, taught).Reverse(), first.List.Select(lesson => lesson.Number));
        Assert.All(first.List, lesson => Assert.Equal((engine.Labels[other], Frames), (lesson.Label, lesson.Frames)));

        using Engine again = Open();
        using (var second = new Lessons(again, lessons))
        {
            Assert.Equal(taught, second.Newest);
            Assert.Equal(other, Answer(again));
            for (int i = 0; i < taught; i++) second.Undo();
            Assert.Equal(before, Answer(again));
            Assert.Empty(second.List);
            Assert.Contains("nothing to undo", Assert.Throws<IOException>(second.Undo).Message);
        }
    }

    [Fact]
    public void A_damaged_lesson_is_passed_over_for_the_one_before()
    {
        using var scratch = new Scratch();
        using Engine engine = Open();
        using (var lessons = new Lessons(engine, scratch.Folder))
            for (int i = 0; i < 3; i++) Teach(lessons, 1);
        File.WriteAllBytes(scratch.At("000003.delta"), [1, 2, 3]);
        using Engine again = Open();
        using var rest = new Lessons(again, scratch.Folder);
        Assert.Equal(2, rest.Newest);
    }

    [Fact]
    public async Task A_lesson_that_cannot_be_saved_says_so_and_the_camera_goes_on()
    {
        using var station = new Station(TestModels.Teachable);
        station.Frames(3);
        string folder = Directory.GetDirectories(Path.Combine(station.Folder, "lessons")).Single();
        // What a full disk does, without one: the file can't be made.
        Directory.Delete(folder, recursive: true);
        IOException failure = await Assert.ThrowsAsync<IOException>(() => Press(station, 1));
        Assert.Contains("can't be", failure.Message);
        Assert.NotEmpty(await station.Service.Inference.Ask(() => station.Service.Models.Classroom.Trouble));
        station.Frames(3);
        Directory.CreateDirectory(folder);
        await Press(station, 1);
        Assert.Single(Directory.GetFiles(folder));
        Assert.Empty(await station.Service.Inference.Ask(() => station.Service.Models.Classroom.Trouble));
    }

    [Fact]
    public async Task A_model_without_a_plan_to_learn_says_how_to_get_one()
    {
        using var station = new Station(TestModels.Digits);
        Assert.Contains("plan-learning", (await Assert.ThrowsAsync<InvalidOperationException>(() => Press(station, 1))).Message);
    }

    [Fact]
    public void A_button_teaches_while_it_is_held()
    {
        using var scratch = new Scratch();
        using Engine engine = Open();
        using var lessons = new Lessons(engine, scratch.Folder);
        var button = new OneButton();
        var classroom = new Classroom(() => lessons, button, new TestLog());
        Frame frame = Picture();
        classroom.See(frame);
        button.Label = 3;
        for (int i = 0; i < 5; i++) classroom.See(frame);
        Assert.Equal((0, 5), (lessons.Newest, lessons.Unsaved));
        button.Label = -1;
        classroom.See(frame);
        classroom.See(frame);
        Lesson lesson = Assert.Single(lessons.List);
        Assert.Equal(("3", 5), (lesson.Label, lesson.Frames));
    }

    private static Engine Open() => Engine.Open(TestModels.Teachable, "digits", new AnswerSettings());

    private static void Teach(Lessons lessons, int label)
    {
        Frame frame = Picture();
        for (int i = 0; i < Frames; i++) lessons.Learn(frame, label);
        lessons.Save(label);
    }

    private static int Answer(Engine engine)
    {
        var reading = new Reading();
        engine.Classify(Picture(), reading);
        return reading.Best;
    }

    private static Frame Picture()
    {
        var frame = new Frame();
        using var camera = new TestCamera(pauseMilliseconds: 0);
        camera.Show([.. Enumerable.Range(0, 64).Select(i => (byte)(i % 8 is 3 or 4 ? 255 : 0))]);
        camera.Read(frame);
        return frame;
    }

    private static async Task Press(Station station, int label) =>
        await await station.Service.Inference.Ask(() => station.Service.Models.Classroom.Press(label, Frames));

    private sealed class OneButton : IButtons
    {
        public int Label { get; set; } = -1;

        public int Held(IReadOnlyList<string> labels) => Label;
    }
}
