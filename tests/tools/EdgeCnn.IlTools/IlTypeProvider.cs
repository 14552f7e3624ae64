using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeCnn.IlTools;

/// <summary>Decodes signatures (ECMA-335, II.23.2) into <see cref="IlType"/>s.</summary>
internal sealed class IlTypeProvider : ISignatureTypeProvider<IlType, object?>
{
    private const byte ValueTypeCode = (byte)SignatureTypeKind.ValueType;

    public IlType GetPrimitiveType(PrimitiveTypeCode typeCode) => new(IlTypeKind.Primitive, $"System.{typeCode}");

    public IlType GetSZArrayType(IlType elementType) => Made(IlTypeKind.Array, "[]", elementType);

    public IlType GetArrayType(IlType elementType, ArrayShape shape) =>
        Made(IlTypeKind.MultiDimensionalArray, $"[{new string(',', shape.Rank - 1)}]", elementType);

    public IlType GetByReferenceType(IlType elementType) => Made(IlTypeKind.Reference, "&", elementType);

    public IlType GetPointerType(IlType elementType) => Made(IlTypeKind.Pointer, "*", elementType);

    public IlType GetPinnedType(IlType elementType) => Made(IlTypeKind.Pinned, " pinned", elementType);

    public IlType GetFunctionPointerType(MethodSignature<IlType> signature) =>
        new(IlTypeKind.FunctionPointer, "delegate*", signature.ParameterTypes.Append(signature.ReturnType).ToArray());

    public IlType GetGenericInstantiation(IlType genericType, ImmutableArray<IlType> typeArguments) =>
        new(IlTypeKind.GenericInstance, $"{genericType}<{string.Join(", ", typeArguments)}>", [genericType, .. typeArguments]);

    public IlType GetGenericMethodParameter(object? genericContext, int index) => new(IlTypeKind.GenericParameter, $"!!{index}");

    public IlType GetGenericTypeParameter(object? genericContext, int index) => new(IlTypeKind.GenericParameter, $"!{index}");

    public IlType GetModifiedType(IlType modifier, IlType unmodifiedType, bool isRequired) => unmodifiedType;

    public IlType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        IlTypeKind kind = rawTypeKind == ValueTypeCode ? IlTypeKind.Struct : IlTypeKind.Class;
        return new IlType(kind, Name(reader, handle));
    }

    public IlType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        EntityHandle baseType = reader.GetTypeDefinition(handle).BaseType;
        IlTypeKind kind = rawTypeKind != ValueTypeCode ? IlTypeKind.Class
            : Name(reader, baseType) == "System.Enum" ? IlTypeKind.Enum
            : IlTypeKind.Struct;
        return new IlType(kind, Name(reader, handle));
    }

    public IlType GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>The type that a type token of any table means.</summary>
    internal IlType FromToken(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        _ => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
    };

    /// <summary>Namespace, enclosing types and name.</summary>
    internal static string Name(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition definition = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
                return Join(reader, definition.GetDeclaringType(), definition.Namespace, definition.Name);
            case HandleKind.TypeReference:
                TypeReference reference = reader.GetTypeReference((TypeReferenceHandle)handle);
                bool nested = reference.ResolutionScope.Kind == HandleKind.TypeReference;
                return Join(reader, nested ? reference.ResolutionScope : default, reference.Namespace, reference.Name);
            default:
                return "";
        }
    }

    private static string Join(MetadataReader reader, EntityHandle enclosing, StringHandle space, StringHandle name)
    {
        string prefix = enclosing.IsNil ? reader.GetString(space) : Name(reader, enclosing);
        string separator = prefix.Length == 0 ? "" : enclosing.IsNil ? "." : "/";
        return prefix + separator + reader.GetString(name);
    }

    private static IlType Made(IlTypeKind kind, string suffix, IlType element) => new(kind, element + suffix, [element]);
}
