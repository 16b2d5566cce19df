// Uploads a file with the real tus-js-client, goes on whenever the connection breaks, and prints what it does, a line of JSON each:
//   UPLOAD_TOKEN=… node upload.js http://127.0.0.1:5080/api/uploads path [chunk size]
import { createReadStream, statSync } from "node:fs";
import * as tus from "tus-js-client";

const [endpoint, path, chunkSize] = process.argv.slice(2);
const say = (what, value) => console.log(JSON.stringify({ what, value }));

const upload = new tus.Upload(createReadStream(path), {
  endpoint,
  uploadSize: statSync(path).size,
  chunkSize: chunkSize ? Number(chunkSize) : Infinity,
  retryDelays: Array(200).fill(50),
  metadata: { filename: "bytes.bin", filetype: "application/x-bytes" },
  headers: { Authorization: `Bearer ${process.env.UPLOAD_TOKEN}` },
  onUploadUrlAvailable: () => say("url", upload.url),
  onProgress: (sent) => say("sent", sent),
  onShouldRetry: (error) => (say("retry", error.originalResponse?.getStatus() ?? 0), true),
  onError: (error) => (say("error", `${error}`), process.exit(1)),
  onSuccess: () => (say("done", upload.url), process.exit(0)),
});
upload.start();
