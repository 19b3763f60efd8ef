// With the exporter of OpenTelemetry 2.x, whose own default is every interface of the machine.
import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { prometheusReader, type PrometheusSettings } from './prometheus.ts';

vi.mock('@opentelemetry/exporter-prometheus', () => import('exporter-prometheus-0-222'));

/** Where it listens. */
async function addressWith(settings: PrometheusSettings): Promise<string> {
  const listen = vi.spyOn(Server.prototype, 'listen');
  const reader = await prometheusReader({ port: 0, ...settings }, (exporter) => exporter);
  try {
    const server = listen.mock.contexts[0] as Server;
    return (server.address() as AddressInfo).address;
  } finally {
    listen.mockRestore();
    await reader.shutdown();
  }
}

test('metrics are there for this machine alone, unless a host says otherwise', async () => {
  expect(await addressWith({})).toMatch(/^(?:127\.0\.0\.1|::1)$/);
  expect(await addressWith({ host: '' })).toMatch(/^(?:127\.0\.0\.1|::1)$/);
  expect(await addressWith({ host: '0.0.0.0' })).toBe('0.0.0.0');
});
