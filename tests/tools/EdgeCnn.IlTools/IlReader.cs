using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EdgeCnn.IlTools;

/// <summary>Turns metadata tables and method bodies into the records of this library.</summary>
internal sealed class IlReader(PEReader image)
{
    private readonly MetadataReader _reader = image.GetMetadataReader();
    private readonly IlTypeProvider _types = new();

    internal IlTypeDefinition Type(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        string name = IlTypeProvider.Name(_reader, handle);
        IEnumerable<EntityHandle> bases = type.GetInterfaceImplementations()
            .Select(implementation => _reader.GetInterfaceImplementation(implementation).Interface)
            .Append(type.BaseType)
            .Where(token => !token.IsNil);
        return new IlTypeDefinition(
            name,
            type.Attributes,
            type.GetGenericParameters().Count,
            bases.Select(token => _types.FromToken(_reader, token)).ToArray(),
            type.GetFields().Select(field => Field(name, _reader.GetFieldDefinition(field))).ToArray(),
            type.GetMethods().Select(method => Method(name, _reader.GetMethodDefinition(method))).ToArray());
    }

    private IlField Field(string owner, FieldDefinition field)
    {
        IlType type = field.DecodeSignature(_types, null);
        bool hasData = (field.Attributes & FieldAttributes.HasFieldRVA) != 0;
        return new IlField(owner, _reader.GetString(field.Name), type, field.Attributes, hasData ? DataBytes(type) : 0);
    }

    // The compiler gives initial data a primitive type or a struct of exactly its size.
    private int DataBytes(IlType type) => type.Name switch
    {
        "System.Byte" or "System.SByte" or "System.Boolean" => 1,
        "System.Int16" or "System.UInt16" or "System.Char" => 2,
        "System.Int32" or "System.UInt32" or "System.Single" => 4,
        "System.Int64" or "System.UInt64" or "System.Double" => 8,
        _ => _reader.TypeDefinitions
            .Where(handle => IlTypeProvider.Name(_reader, handle) == type.Name)
            .Sum(handle => _reader.GetTypeDefinition(handle).GetLayout().Size),
    };

    private IlMethod Method(string owner, MethodDefinition method)
    {
        MethodSignature<IlType> signature = method.DecodeSignature(_types, null);
        return new IlMethod(
            owner, _reader.GetString(method.Name), method.Attributes, signature.GenericParameterCount, signature.ReturnType,
            signature.ParameterTypes, method.RelativeVirtualAddress == 0 ? null : Body(method.RelativeVirtualAddress));
    }

    private IlBody Body(int address)
    {
        MethodBodyBlock body = image.GetMethodBody(address);
        ImmutableArray<IlType> locals = body.LocalSignature.IsNil
            ? []
            : _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_types, null);
        BlobReader il = body.GetILReader();
        return new IlBody(
            body.MaxStack, il.Length, locals, IlInstruction.Decode(il).Select(line => (line, Reference(line.Token))).ToArray());
    }

    private IlReference Reference(int token)
    {
        if (token == 0) return IlReference.None;
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Member(method.GetDeclaringType(), method.Name, Types(method.DecodeSignature(_types, null)));
            case HandleKind.FieldDefinition:
                FieldDefinition field = _reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                return Member(field.GetDeclaringType(), field.Name, [field.DecodeSignature(_types, null)]);
            case HandleKind.MemberReference:
                MemberReference member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                return Member(member.Parent, member.Name, member.GetKind() == MemberReferenceKind.Field
                    ? [member.DecodeFieldSignature(_types, null)]
                    : Types(member.DecodeMethodSignature(_types, null)));
            case HandleKind.MethodSpecification:
                MethodSpecification instance = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                IlReference generic = Reference(MetadataTokens.GetToken(instance.Method));
                ImmutableArray<IlType> arguments = instance.DecodeSignature(_types, null);
                var instantiation = new IlType(IlTypeKind.GenericInstance, $"{generic.Name}<{string.Join(", ", arguments)}>", arguments);
                return new IlReference(instantiation.Name, [.. generic.Types, instantiation]);
            case HandleKind.StandaloneSignature:
                MethodSignature<IlType> call = _reader.GetStandaloneSignature((StandaloneSignatureHandle)handle)
                    .DecodeMethodSignature(_types, null);
                return new IlReference("", [_types.GetFunctionPointerType(call)]);
            default:
                IlType type = _types.FromToken(_reader, handle);
                return new IlReference(type.Name, [type]);
        }
    }

    private IlReference Member(EntityHandle owner, StringHandle name, IEnumerable<IlType> types)
    {
        IlType? type = owner.Kind is HandleKind.MethodDefinition or HandleKind.ModuleReference ? null : _types.FromToken(_reader, owner);
        return new IlReference($"{type}::{_reader.GetString(name)}", type is null ? [.. types] : [.. types, type]);
    }

    private static IEnumerable<IlType> Types(MethodSignature<IlType> signature) =>
        signature.ParameterTypes.Append(signature.ReturnType);
}
