import { join } from 'node:path';
import { readmeSnippets } from '@llm-otel/tooling/readme';

readmeSnippets(join(import.meta.dirname, '..'));
