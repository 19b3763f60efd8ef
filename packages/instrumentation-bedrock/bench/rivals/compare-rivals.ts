// Ours and the packages of npm by the table of the contract. Run by `npm run bench:rivals` in this package: installs them on
// the first run.
import { join } from 'node:path';
import { compareRivals } from '@llm-otel/tooling/rivals';
import { folder, rivals } from './rivals.ts';

folder.install(rivals);
await compareRivals({
  child: join(import.meta.dirname, 'one-rival.ts'),
  lines: ['3.839, HTTP/2', '3.1164, HTTP/2'],
  rivals,
  readme: join(import.meta.dirname, '../../README.md'),
});
