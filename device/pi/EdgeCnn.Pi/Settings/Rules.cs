using System;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace EdgeCnn.Pi.Settings;

/// <summary>A number has a divisor.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MultipleOfAttribute(int divisor) : ValidationAttribute($"must be a multiple of {divisor}")
{
    public override bool IsValid(object? value) => value is int number && number % divisor == 0;
}

/// <summary>A number is not above another setting of the same group.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotAboveAttribute(string other) : ValidationAttribute($"must not be above {other}")
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        (int)value! <= (int)validationContext.ObjectType.GetProperty(other)!.GetValue(validationContext.ObjectInstance)!
            ? ValidationResult.Success
            : new ValidationResult(ErrorMessageString);
}

/// <summary>A text is an IP address.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IPAddressAttribute() : ValidationAttribute("must be an IP address such as 127.0.0.1 or 0.0.0.0")
{
    public override bool IsValid(object? value) => IPAddress.TryParse((string?)value, out _);
}

/// <summary>A text is empty or an address that begins with http.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute() : ValidationAttribute("must begin with http:// or https://")
{
    public override bool IsValid(object? value) => value is "" || (Uri.TryCreate((string?)value, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps));
}
