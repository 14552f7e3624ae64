using System;
using System.IO;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public sealed class SignTests(TrainedModel trained) : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_model_that_was_signed_is_verified_and_names_its_signer()
    {
        string keyId = CreateKeys("ours"), model = _scratch.Write("model.ecnn", trained.Bytes());
        string id = Run("inspect", model, "--json").Json.GetProperty("modelId").GetString()!;

        Outcome signed = Run("sign", model, "--key", "ours/private.pem", "--json");
        Assert.Equal(0, signed.ExitCode);
        Assert.Equal(id, signed.Json.GetProperty("modelId").GetString());
        Assert.Equal(keyId, signed.Json.GetProperty("signedBy").GetString());

        Outcome verified = Run("verify", model, "--key", "ours/public.pem");
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("verified: the key's owner signed this model", verified.Output);

        Outcome inspected = Run("inspect", model, "--json");
        Assert.Equal(keyId, inspected.Json.GetProperty("signedBy").GetString());
        Assert.True(inspected.Json.GetProperty("isIntact").GetBoolean());
        Assert.Equal(0, Run("selftest", model).ExitCode);
    }

    [Fact]
    public void Another_key_and_no_signature_are_refused_with_exit_code_1()
    {
        CreateKeys("ours");
        CreateKeys("theirs");
        string model = _scratch.Write("model.ecnn", trained.Bytes());
        AssertRefused("the model is not signed", "verify", model, "--key", "ours/public.pem");

        Assert.Equal(0, Run("sign", model, "--key", "theirs/private.pem", "--out", "signed.ecnn").ExitCode);
        Assert.Equal(trained.Bytes(), File.ReadAllBytes(model));
        AssertRefused("another key signed the model", "verify", "signed.ecnn", "--key", "ours/public.pem");
        Assert.Equal(0, Run("verify", "signed.ecnn", "--key", "theirs/public.pem").ExitCode);
        AssertRefused("is no private key", "sign", model, "--key", "ours/public.pem");
        AssertRefused("which the command reads", "sign", model, "--key", "ours/private.pem", "--out", "ours/private.pem");
        Assert.Equal(2, Run("verify", model).ExitCode);
    }

    [Fact]
    public void A_private_key_is_its_owners_alone_and_never_replaced()
    {
        CreateKeys("ours");
        string path = Path.Combine(_scratch.Folder, "ours", "private.pem"), key = File.ReadAllText(path);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        AssertRefused("there is a key already", "keys", "create", "--out", "ours");
        Assert.Equal(key, File.ReadAllText(path));
    }

    private string CreateKeys(string folder) => Run("keys", "create", "--out", folder, "--json").Json.GetProperty("keyId").GetString()!;

    private void AssertRefused(string reason, params string[] arguments)
    {
        Outcome outcome = Run(arguments);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
        Assert.Equal("", outcome.Output);
    }

    private Outcome Run(params string[] arguments) => Tool.RunIn(_scratch.Folder, arguments);
}
