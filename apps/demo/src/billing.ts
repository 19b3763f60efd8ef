import type { AddressInfo } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { createCharges } from './billing/charges.ts';
import { createBillingServer } from './billing/server.ts';
import { stopRequested, tellParent } from './child-messages.ts';
import { openDatabase } from './outbox.ts';
import { reportOf, startDemoTelemetry } from './telemetry.ts';

const telemetry = await startDemoTelemetry('billing');
const stop = stopRequested();

const database = openDatabase(process.env.DEMO_DATABASE ?? ':memory:');
createCharges(database);
const server = createBillingServer({
  database,
  tracer: telemetry.tracer('billing'),
  meter: metrics.getMeter('billing'),
});
server.listen(0, '127.0.0.1', () => {
  tellParent({ type: 'ready', port: (server.address() as AddressInfo).port });
});

await stop;
server.close();
server.closeAllConnections();
await telemetry.shutdown();
tellParent({ type: 'report', report: reportOf('billing', telemetry) });
database.close();
process.disconnect?.();
