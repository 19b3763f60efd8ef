import type { BatchObservableResult, Meter } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { holderOf, type LivePolicy } from './live-policy.ts';

/**
 * Publishes what a live policy and the tail samplers that use it are doing. Everything is read when metrics are
 * collected: a span pays nothing. Returns a function that stops it.
 *
 * | metric | kind | attributes |
 * | --- | --- | --- |
 * | `llm_otel.sampling.share` | gauge, 0 to 1: the share that a rule keeps now; none for a rate | `llm_otel.sampling.rule` |
 * | `llm_otel.sampling.traces` | counter of decisions | `llm_otel.sampling.rule`, `llm_otel.sampling.kept` |
 * | `llm_otel.sampling.load` | gauge, 0 to 1: what adaptive rules go by | |
 * | `llm_otel.sampling.policy.updates` | counter | `llm_otel.sampling.policy.revision`, where there is one |
 * | `llm_otel.sampling.buffer.bytes`, `.traces` | what is held | |
 * | `llm_otel.sampling.buffer.stressed` | 1 while traces that begin are decided by their id | |
 * | `llm_otel.sampling.decisions` | counter of decisions in the buffer | `llm_otel.sampling.cause` |
 */
export function publishSampling(meter: Meter, policy: LivePolicy): () => void {
  const holder = holderOf(policy);
  const failures = new FailureLog();
  const gauge = (name: string, unit: string): ReturnType<Meter['createObservableGauge']> =>
    meter.createObservableGauge(`llm_otel.sampling.${name}`, { unit });
  const counter = (name: string, unit: string): ReturnType<Meter['createObservableCounter']> =>
    meter.createObservableCounter(`llm_otel.sampling.${name}`, { unit });
  const share = gauge('share', '1');
  const load = gauge('load', '1');
  const bytes = gauge('buffer.bytes', 'By');
  const held = gauge('buffer.traces', '{trace}');
  const stressed = gauge('buffer.stressed', '1');
  const traces = counter('traces', '{trace}');
  const updates = counter('policy.updates', '{update}');
  const decisions = counter('decisions', '{decision}');
  const instruments = [share, load, bytes, held, stressed, traces, updates, decisions];

  const observeRules = (result: BatchObservableResult): void => {
    for (const [name, rate] of Object.entries(holder.rates())) {
      const rule = { 'llm_otel.sampling.rule': name };
      if (rate.share !== undefined) result.observe(share, rate.share, rule);
      result.observe(traces, rate.kept, { ...rule, 'llm_otel.sampling.kept': true });
      result.observe(traces, rate.dropped, { ...rule, 'llm_otel.sampling.kept': false });
    }
    const { revision } = holder.policy;
    const edition = revision === undefined ? {} : { 'llm_otel.sampling.policy.revision': revision };
    result.observe(updates, holder.updates, edition);
    result.observe(load, holder.load());
  };
  const observeBuffers = (result: BatchObservableResult): void => {
    const stats = holder.tailStats();
    if (stats === undefined) return;
    result.observe(bytes, stats.bytes);
    result.observe(held, stats.traces);
    result.observe(stressed, stats.stressed ? 1 : 0);
    for (const [cause, count] of Object.entries(stats.decisions)) {
      result.observe(decisions, count, { 'llm_otel.sampling.cause': cause });
    }
  };
  const observe = (result: BatchObservableResult): void => {
    failures.guard('publishing the sampling', () => {
      observeRules(result);
      observeBuffers(result);
    });
  };
  meter.addBatchObservableCallback(observe, instruments);
  return () => meter.removeBatchObservableCallback(observe, instruments);
}
