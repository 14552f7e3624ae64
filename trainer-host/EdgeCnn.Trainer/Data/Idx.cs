using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// The IDX files of MNIST and its relatives (big-endian): two zero bytes, the type (8: unsigned byte), the number of dimensions, each
/// dimension as 32 bits, the values.
/// </summary>
/// <remarks>Source: yann.lecun.com/exdb/mnist, "The IDX file format".</remarks>
public static class Idx
{
    private const byte UnsignedByte = 8;

    /// <summary>Reads images (count, height, width) or (count, height, width, channels) and their labels (count).</summary>
    /// <param name="imagePath">File of the images, plain or <c>.gz</c>.</param>
    /// <param name="labelPath">File of the labels, plain or <c>.gz</c>.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names file and byte.</exception>
    public static Dataset Read(string imagePath, string labelPath, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var images = ReadTensor(imagePath, 3, 4);
        var labels = ReadTensor(labelPath, 1, 1);
        if (images.Dimensions[0] != labels.Dimensions[0])
            throw new InvalidDataException(
                $"{labelPath}: byte 4: {labels.Dimensions[0]} labels for the {images.Dimensions[0]} images of {imagePath}");
        var values = labels.Values.ToArray();
        var unknown = Array.FindIndex(values, label => label >= classes.Count);
        if (unknown >= 0)
            throw new InvalidDataException(
                $"{labelPath}: byte {labels.Start + unknown}: label {values[unknown]} of image {unknown}, but there are "
                + $"{classes.Count} classes");
        return new Dataset(images.Image, images.Values.ToArray(), values, classes);
    }

    /// <summary>Reads only images, for example to run a model on; their labels are all 0.</summary>
    public static Dataset ReadImages(string imagePath)
    {
        var images = ReadTensor(imagePath, 3, 4);
        return new Dataset(images.Image, images.Values.ToArray(), new byte[images.Dimensions[0]], Dataset.NumberedClasses(1));
    }

    private static Tensor ReadTensor(string path, int fewest, int most)
    {
        var bytes = DataFile.Read(path);
        if (bytes.Length < 4)
            throw new InvalidDataException($"{path}: byte {bytes.Length}: the file ends inside its magic number");
        if (bytes[0] != 0 || bytes[1] != 0 || bytes[2] != UnsignedByte)
            throw new InvalidDataException(
                $"{path}: byte 0: {Convert.ToHexString(bytes, 0, 4)} is not the start of an IDX file of bytes (000008..)");
        int rank = bytes[3], start = 4 + 4 * rank;
        if (rank < fewest || rank > most)
            throw new InvalidDataException($"{path}: byte 3: {rank} dimensions where {fewest} to {most} are expected");
        if (bytes.Length < start)
            throw new InvalidDataException($"{path}: byte {bytes.Length}: the file ends inside its {rank} dimensions");
        var dimensions = new int[rank];
        var length = 1L;
        for (var i = 0; i < rank; i++)
        {
            var dimension = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + 4 * i));
            if (dimension is 0 or > int.MaxValue)
                throw new InvalidDataException($"{path}: byte {4 + 4 * i}: dimension {i} is {dimension}, which can't be");
            if (length * dimension > int.MaxValue)
                throw new InvalidDataException($"{path}: byte 4: the dimensions ask for more than {int.MaxValue} values, which can't be");
            length *= dimension;
            dimensions[i] = (int)dimension;
        }

        if (bytes.Length != start + length)
            throw new InvalidDataException(
                $"{path}: byte {Math.Min(bytes.Length, start + length)}: {string.Join("×", dimensions)} values need "
                + $"{start + length} bytes, the file has {bytes.Length}");
        return new Tensor(dimensions, bytes, start);
    }

    private sealed record Tensor(int[] Dimensions, byte[] Bytes, int Start)
    {
        /// <summary>The shape of one image; without a fourth dimension it has one channel.</summary>
        public Shape Image => new(Dimensions[1], Dimensions[2], Dimensions.Length == 4 ? Dimensions[3] : 1);

        public ReadOnlySpan<byte> Values => Bytes.AsSpan(Start);
    }
}
