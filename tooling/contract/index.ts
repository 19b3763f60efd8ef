export { clientMethods, type LeftMethods, unaccounted } from './client-methods.ts';
export { collectGarbageUntil } from './collect-garbage.ts';
export type { ClientLine, ClientOptions, ContractCase, ExpectedSpan } from './contract-case.ts';
export { contractTests, type ContractOptions, type Telemetry } from './contract-tests.ts';
export { markdownTable } from './markdown-table.ts';
export { recordedBy } from './recorded-by.ts';
export { type CaseRun, type ContractServer, runCase } from './run-case.ts';
export { expectedFacts, factsOf } from './span-facts.ts';
export { seen } from './seen.ts';
