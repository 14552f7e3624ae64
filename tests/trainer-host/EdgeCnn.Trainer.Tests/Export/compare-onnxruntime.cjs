// Runs every model.onnx under a folder on the input beside it and compares with the output beside it; see compare-onnxruntime.sh.
const fs = require('fs');
const path = require('path');
const ort = require('onnxruntime-node');

const bound = 1e-4;

function floats(file) {
  const bytes = fs.readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

async function errorOf(folder) {
  const session = await ort.InferenceSession.create(path.join(folder, 'model.onnx'));
  const shape = JSON.parse(fs.readFileSync(path.join(folder, 'shape.json'), 'utf8'));
  const input = new ort.Tensor('float32', floats(path.join(folder, 'input')), shape);
  const found = (await session.run({ [session.inputNames[0]]: input }))[session.outputNames[0]].data;
  const expected = floats(path.join(folder, 'output'));
  if (found.length !== expected.length) return Infinity;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]) / largest), 0);
}

(async () => {
  let failed = 0;
  for (const name of fs.readdirSync(process.argv[2]).sort()) {
    const error = await errorOf(path.join(process.argv[2], name));
    console.log(`${error <= bound ? 'same     ' : 'DIFFERENT'} ${error.toExponential(1)} ${name}`);
    if (!(error <= bound)) failed++;
  }
  process.exit(failed > 0 ? 1 : 0);
})();
