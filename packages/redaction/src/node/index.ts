export { nodeKeyedHash } from './node-keyed-hash.ts';
