using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The project files for nanoFramework's own build say the same as those of the builds that are tested here.</summary>
public sealed class NanoProjectTests
{
    private static readonly string s_nano = Path.Combine(Repository.Root, "device", "nano");

    /// <summary>What is tested here of each project: its sources' folder, and what was built from them.</summary>
    private static readonly Dictionary<string, (string Folder, string Assembly)> s_built = new()
    {
        ["EdgeCnn.Nano"] = ("", BoardAssembly.RuntimePath),
        ["EdgeCnn.Nano.App"] = ("app", BoardAssembly.ApplicationPath),
        ["EdgeCnn.Nano.App.Tcp"] = ("tcp", BoardAssembly.TcpApplicationPath),
    };

    public static TheoryData<string> Names => [.. s_built.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_sources_are_the_same(string name)
    {
        string[] nano = Sources(ProjectPath(name));
        Assert.Equal(Sources(Path.Combine(s_nano, s_built[name].Folder, $"{name}.csproj")), nano);
        Assert.True(nano.Length > 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reference_is_a_package_of_the_version_that_is_stated(string name)
    {
        string config = Path.Combine(Path.GetDirectoryName(ProjectPath(name))!, "packages.config");
        string[] packages = [.. XDocument.Load(config).Descendants("package")
            .Select(package => $"{package.Attribute("id")!.Value}.{package.Attribute("version")!.Value}").Order(StringComparer.Ordinal)];
        string[] hints = [.. XDocument.Load(ProjectPath(name)).Descendants().Where(element => element.Name.LocalName == "HintPath")
            .Select(hint => hint.Value.Split('\\')[2]).Order(StringComparer.Ordinal)];
        Assert.Equal(packages, hints);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_assembly_that_is_used_is_referenced(string name)
    {
        XElement project = XDocument.Load(ProjectPath(name)).Root!;
        string[] known = [.. project.Descendants().Where(element => element.Name.LocalName is "Reference" or "ProjectReference")
            .Select(element => element.Attribute("Include")!.Value.Split('\\')[^1].Replace(".nfproj", "", StringComparison.Ordinal))];
        using var file = new PEReader(File.OpenRead(s_built[name].Assembly));
        MetadataReader reader = file.GetMetadataReader();
        string[] used = [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void The_model_is_deployed_where_the_application_looks()
    {
        string deployment = Path.Combine(s_nano, "nanoframework", "model.json");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(deployment));
        JsonElement file = json.RootElement.GetProperty("files").EnumerateArray().Single();
        Type settings = BoardAssembly.LoadedApplication.GetType("EdgeCnn.Device.Settings", throwOnError: true)!;
        string[] files = (string[])settings.GetProperty("Files")!.GetValue(Activator.CreateInstance(settings))!;

        Assert.Equal(files[0], file.GetProperty("DestinationFilePath").GetString());
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(deployment)!, file.GetProperty("SourceFilePath").GetString()!)));
    }

    private static string ProjectPath(string name) => Path.Combine(s_nano, "nanoframework", name, $"{name}.nfproj");

    /// <summary>The patterns of what is compiled and what is not, from the repository's root on.</summary>
    private static string[] Sources(string project) =>
        [.. XDocument.Load(project).Descendants().Where(element => element.Name.LocalName == "Compile")
            .SelectMany(element => element.Attributes().Where(attribute => attribute.Name.LocalName is "Include" or "Exclude"))
            .SelectMany(attribute => attribute.Value.Split(';').Select(pattern => $"{attribute.Name}: {FromRoot(project, pattern.Trim())}"))
            .Order(StringComparer.Ordinal)];

    private static string FromRoot(string project, string pattern) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, pattern.Replace('\\', '/'))));
}
