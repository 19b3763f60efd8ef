// Preloaded into every process of the demo: appends the raw bytes of OTLP requests, as they are handed to the socket, to
// the file that RECORD_REQUESTS names.
import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';

const file = process.env.RECORD_REQUESTS;
const recorded = new WeakSet();
const write = Reflect.get(Socket.prototype, 'write');

Socket.prototype.write = function (data, encoding, ...rest) {
  const bytes =
    typeof data === 'string'
      ? Buffer.from(data, typeof encoding === 'string' ? encoding : 'utf8')
      : Buffer.from(data);
  if (/^POST \/v1\/(?:traces|metrics|logs) /.test(bytes.subarray(0, 20).toString('latin1')))
    recorded.add(this);
  if (file !== undefined && recorded.has(this)) appendFileSync(file, bytes);
  return Reflect.apply(write, this, [data, encoding, ...rest]);
};
