import type { OperatorDescriptor } from '#core/contract/operators.ts';
import { nearestName } from '#core/pipeline/nearestName.ts';
import type { PipelineCatalog, PipelineOperator } from '#core/pipeline/pipelineCatalog.ts';
import { checkValue } from '#renderer/builder/checkValue.ts';

/** The pipeline language's catalog, made from the descriptors that the engine sent. */
export function describedCatalog(operators: readonly OperatorDescriptor[]): PipelineCatalog {
  const byName = new Map<string, PipelineOperator>();
  for (const descriptor of operators) {
    const operator = asPipelineOperator(descriptor);
    for (const name of [descriptor.id, ...descriptor.aliases]) byName.set(name, operator);
  }
  return { find: (name) => byName.get(name), nearest: (name) => nearestName(name, byName.keys()) };
}

const asPipelineOperator = (descriptor: OperatorDescriptor): PipelineOperator => ({
  id: descriptor.id,
  kind: descriptor.kind,
  stateful: descriptor.stateful,
  supervised: descriptor.supervised,
  target: descriptor.target,
  spectral: descriptor.spectral,
  discretises: descriptor.discretises,
  task: descriptor.task,
  groups: descriptor.groups,
  pathParam: descriptor.pathParam,
  checkParams(params) {
    const known = new Map(descriptor.parameters.map((parameter) => [parameter.name, parameter]));
    const problems = Object.entries(params).flatMap(([name, value]) => {
      const parameter = known.get(name);
      const problem = parameter ? checkValue(parameter, value) : 'unknown';
      return problem === null ? [] : [{ parameter: name, problem }];
    });
    if (problems.length > 0) return { problems };
    const defaults = Object.fromEntries(descriptor.parameters.map(({ name, default: value }) => [name, value]));
    return { params: { ...defaults, ...params } };
  },
});
