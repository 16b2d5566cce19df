// Writes a Brotli and a gzip form beside each file of a folder that shrinks by a tenth at least: node eng/precompress.mjs FOLDER
// Once, at the build, at the highest level: on each request it would cost more than it saves.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [folder] = process.argv.slice(2);
const shrinks = /\.(css|html|js|json|mjs|svg|txt|webmanifest|xml|wasm)$/;

for (const file of readdirSync(folder, { recursive: true }).filter((name) => shrinks.test(name))) {
  const path = join(folder, file);
  const bytes = readFileSync(path);
  const forms = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [extension, form] of Object.entries(forms)) {
    if (form.length < bytes.length * 0.9) {
      writeFileSync(`${path}.${extension}`, form);
    }
  }
}
