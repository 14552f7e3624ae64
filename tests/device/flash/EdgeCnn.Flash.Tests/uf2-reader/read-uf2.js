// Puts the content of a UF2 file together with the npm package 'uf2', and says where it goes: address, blocks, family, and its name.
// usage: node read-uf2.js FILE.uf2 OUT.bin
const { readFileSync, writeFileSync } = require('fs');
const { blockSize, decodeBlock, familyMap } = require('uf2');

const [input, output] = process.argv.slice(2);
const file = new Uint8Array(readFileSync(input));
const blocks = [];
for (let at = 0; at < file.length; at += blockSize) blocks.push(decodeBlock(file.slice(at, at + blockSize)));

const { flashAddress, boardFamily, totalBlocks } = blocks[0];
let end = flashAddress;
blocks.forEach((block, number) => {
    if (block.flashAddress !== end || block.blockNumber !== number) throw new Error(`block ${number} is out of place`);
    if (block.boardFamily !== boardFamily || block.totalBlocks !== blocks.length) throw new Error(`block ${number} is of another file`);
    end += block.payload.length;
});
writeFileSync(output, Buffer.concat(blocks.map((block) => block.payload)));
console.log(`0x${flashAddress.toString(16)} ${totalBlocks} 0x${boardFamily.toString(16)} ${familyMap.get(boardFamily) ?? ''}`.trim());
