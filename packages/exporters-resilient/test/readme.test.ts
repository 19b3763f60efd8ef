import { join } from 'node:path';
import { readmeSnippets } from '@llm-otel/tooling/readme';

const folder = join(import.meta.dirname, '..');
readmeSnippets(folder);
readmeSnippets(folder, join(folder, '../../docs/back-ends.md'));
