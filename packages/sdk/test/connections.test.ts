// What a firewall has to let through: seen at the sockets.
import diagnosticsChannel from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

/** The ports that this process connects to from now on. */
function connections(): Set<number> {
  const ports = new Set<number>();
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('connect', () => ports.add(socket.remotePort ?? 0));
  };
  diagnosticsChannel.subscribe('net.client.socket', note);
  onTestFinished(() => void diagnosticsChannel.unsubscribe('net.client.socket', note));
  return ports;
}

test('spans, metrics and logs connect to their receiver and to nothing else', async () => {
  const ports = connections();
  const { telemetry, sink } = await startWithSink({ logs: true });
  telemetry.tracer().startSpan('work').end();
  telemetry.meter().createCounter('calls').add(1);
  telemetry.logger().emit({ body: 'hello' });

  await telemetry.shutdown();

  expect(sink.spans).toHaveLength(1);
  expect([...ports]).toEqual([Number(new URL(sink.url).port)]);
});
