import type { PeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { ipAddressTarget } from './ip-address-target.ts';

const certificate = { subject: {}, subjectaltname: 'IP Address:10.0.0.1' } as PeerCertificate;

test.each([
  ['10.0.0.1:4317', true],
  ['[::1]:4317', true],
  ['collector:4317', false],
  ['10.0.0.1.example.com:443', false],
])('%s is an address: %s', (target, isAddress) => {
  expect('grpc.ssl_target_name_override' in ipAddressTarget(target).options).toBe(isAddress);
});

test('a certificate is checked against the address, whatever the name that was told to the server', () => {
  const check = (target: string): Error | undefined =>
    ipAddressTarget(target).verify.checkServerIdentity?.('ip-address.invalid', certificate);

  expect(check('10.0.0.1:4317')).toBeUndefined();
  expect(check('10.0.0.2:4317')?.message).toContain('10.0.0.2');
});
