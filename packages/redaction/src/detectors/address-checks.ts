import { sha256 } from '../pseudonym/sha256.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE58_BYTES = 25;
const CHECK_BYTES = 4;
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** What is left by a right one, of Bech32 (BIP 173) and of Bech32m (BIP 350). */
const RESIDUES: ReadonlySet<number> = new Set([1, 0x2bc830a3]);

/** Whether the address in base58 ends with the first bytes of the double SHA-256 of the rest. */
export function passesBase58Check(address: string): boolean {
  const bytes = new Uint8Array(BASE58_BYTES);
  for (const character of address) {
    let carry = BASE58.indexOf(character);
    for (let i = BASE58_BYTES - 1; i >= 0; i--) {
      carry += bytes[i]! * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) return false;
  }
  const check = sha256(sha256(bytes.subarray(0, BASE58_BYTES - CHECK_BYTES)));
  return bytes.subarray(BASE58_BYTES - CHECK_BYTES).every((byte, index) => byte === check[index]);
}

/** Whether the address passes the checksum of Bech32 or Bech32m. In lower case, as candidates are. */
export function passesBech32(address: string): boolean {
  const separator = address.lastIndexOf('1');
  const prefix = Array.from(address.slice(0, separator), (letter) => letter.charCodeAt(0));
  const words = [
    ...prefix.map((code) => code >> 5),
    0,
    ...prefix.map((code) => code & 31),
    ...Array.from(address.slice(separator + 1), (letter) => BECH32.indexOf(letter)),
  ];
  let check = 1;
  for (const word of words) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ word;
    for (const [bit, generator] of GENERATORS.entries())
      if (((top >> bit) & 1) === 1) check ^= generator;
  }
  return RESIDUES.has(check >>> 0);
}
