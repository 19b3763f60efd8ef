import { join } from 'node:path';
import { readmeSnippets } from '@llm-otel/tooling/readme';

const folder = join(import.meta.dirname, '..');
readmeSnippets(folder);
for (const page of [
  'http-handler',
  'frameworks',
  'service',
  'repository',
  'event-bus',
  'cache',
  'background-task',
])
  readmeSnippets(folder, join(folder, `../../docs/patterns/${page}.md`));
