import { join } from 'node:path';
import { readmeSnippets } from '@llm-otel/tooling/readme';

// The README of the repository has no package of its own; the demo depends on everything that it shows.
readmeSnippets(join(import.meta.dirname, '..'), join(import.meta.dirname, '../../../README.md'));
