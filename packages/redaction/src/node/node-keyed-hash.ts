import { createHmac } from 'node:crypto';
import {
  keyBytes,
  type KeyedHash,
  type KeyedHashOptions,
  shortened,
} from '../pseudonym/keyed-hash.ts';

/** The same pseudonyms as `keyedHash`, by the crypto of Node.js. */
export function nodeKeyedHash({ key }: KeyedHashOptions): KeyedHash {
  const bytes = keyBytes(key);
  return (text) => shortened(createHmac('sha256', bytes).update(text).digest());
}
