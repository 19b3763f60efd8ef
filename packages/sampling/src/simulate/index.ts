export { simulate, type SimulateOptions } from './simulate.ts';
export type { RuleSimulation, SimulatedTrace, Simulation, Tally } from './simulation.ts';
export { spansFromOtlpJson } from './spans-from-otlp-json.ts';
