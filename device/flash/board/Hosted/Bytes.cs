global using unsafe Bytes = byte*;
