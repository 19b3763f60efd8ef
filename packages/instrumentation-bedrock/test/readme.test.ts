import { readmeSnippets } from '@llm-otel/tooling/readme';

readmeSnippets(`${import.meta.dirname}/..`);
