import { createRedactor } from '@llm-otel/redaction';
import { property, assert, integer, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { privateIpv4, privateIpv6, publicIpv4, publicIpv6 } from './address-patterns.ts';

const redactor = createRedactor({ version: 1, presets: ['strict'] });

function kindOf(address: string): string | undefined {
  const isPublic = new RegExp(`^(?:${publicIpv4}|${publicIpv6})$`).test(address);
  const isPrivate = new RegExp(`^(?:${privateIpv4}|${privateIpv6})$`).test(address);
  expect(isPublic && isPrivate).toBe(false);
  if (isPublic) return 'ip_address';
  return isPrivate ? 'private_ip_address' : undefined;
}

test('all pairs of first numbers are told apart as in a process', () => {
  for (let first = 0; first < 256; first++)
    for (const second of [
      0, 1, 9, 15, 16, 31, 32, 63, 64, 99, 127, 128, 167, 168, 169, 199, 253, 254, 255,
    ]) {
      const address = `${first}.${second}.3.4`;
      expect([address, kindOf(address)]).toEqual([
        address,
        redactor.explain(`from ${address}`)[0]?.kind,
      ]);
    }
});

test('and any others', () => {
  const octet = integer({ min: 0, max: 255 });
  assert(
    property(tuple(octet, octet, octet, octet), (octets) => {
      const address = octets.join('.');
      expect(kindOf(address)).toBe(redactor.explain(`from ${address}`)[0]?.kind);
    }),
  );
});

test.each([
  ['2a01:4f8:1:2:3:4:5:6', 'ip_address'],
  ['f1:2:3:4:5:6:7:8', 'ip_address'],
  ['fe70:2:3:4:5:6:7:8', 'ip_address'],
  ['fe80:2:3:4:5:6:7:8', 'private_ip_address'],
  ['febf:2:3:4:5:6:7:8', 'private_ip_address'],
  ['fd12:3456:789a:1:2:3:4:5', 'private_ip_address'],
  ['FC00:2:3:4:5:6:7:8', 'private_ip_address'],
])('%s is of the kind %s', (address, kind) => {
  expect(kindOf(address)).toBe(kind);
  expect(redactor.explain(`from ${address}`)[0]?.kind).toBe(kind);
});
