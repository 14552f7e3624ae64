using System;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>Trains until the end of the first epoch after which so many of the test images are classified right.</summary>
/// <param name="Recipe">What is trained, and how.</param>
/// <param name="DataFolder">Folder of the images.</param>
/// <param name="Data">The images.</param>
/// <param name="Epochs">Length of the schedule.</param>
/// <param name="Threads">Threads to work with.</param>
/// <param name="Seed">What weights and order are drawn from.</param>
/// <param name="Aim">Share of the test images, 0 … 1.</param>
internal sealed record Race(Recipe Recipe, string DataFolder, DataSplit Data, int Epochs, int Threads, int Seed, double Aim);

/// <summary>Where a race ended.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Time">Time spent training; loading and evaluation are left out.</param>
/// <param name="Accuracy">Share of the test images, 0 … 1.</param>
internal readonly record struct Arrival(int Epochs, TimeSpan Time, double Accuracy);
