export { simulate } from './simulate.ts';
export type { SimulateOptions } from './simulation-run.ts';
export type { RuleSimulation, SimulatedTrace, Simulation, Tally } from './simulation.ts';
export { spansFromOtlpJson } from './spans-from-otlp-json.ts';
