// Runs every model of a folder of cases in ONNX Runtime and prints where its integers differ from the definition's.
// usage: node record-onnxruntime.cjs CASES
const fs = require('fs'), path = require('path'), ort = require('onnxruntime-node');

const arrays = { int8: Int8Array, uint8: Uint8Array };

async function differences(folder) {
  const session = await ort.InferenceSession.create(path.join(folder, 'model.onnx'), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const inputs = {};
  for (const { name, type, shape } of session.inputMetadata)
    inputs[name] = new ort.Tensor(type, new arrays[type](Uint8Array.from(fs.readFileSync(path.join(folder, name))).buffer), shape);
  const results = await session.run(inputs), found = [];
  session.outputNames.forEach((name, result) => {
    const { data, type } = results[name];
    const expected = new arrays[type](Uint8Array.from(fs.readFileSync(path.join(folder, name))).buffer);
    if (expected.length !== data.length) throw new Error(`${folder}: ${data.length} elements instead of ${expected.length}`);
    data.forEach((q, i) => { if (q !== expected[i]) found.push(`${result}:${i}:${q - expected[i]}`); });
  });
  return found.join(' ');
}

(async () => {
  for (const name of fs.readdirSync(process.argv[2]).sort())
    process.stdout.write(`${name}\t${await differences(path.join(process.argv[2], name))}\n`);
})().catch(error => { console.error(error.message); process.exit(1); });
