import type { Model } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../server/run-queries.ts';

interface ReferredModel {
  /** `cells@champion`, `cells@3` */
  reference: string;
  task: NonNullable<Model['latest']>['task'];
  modelId: number;
  version: number;
}

/**
 * What models may be called: by their aliases, and the last version of each. Undefined until they are known.
 *
 * @param datasetId whose models come first: what another dataset taught is seldom meant
 */
export function useModelReferences(datasetId?: number): ReferredModel[] | undefined {
  const { data } = useQuery(modelsQuery({ limit: 200 }));
  const isOwn = ({ latest }: Model) =>
    datasetId !== undefined && latest?.dataset?.datasetId === datasetId;
  const models = data?.items.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  return models?.flatMap(({ id: modelId, name, latest, aliases }) => {
    if (latest === null) return [];
    const { task, version } = latest;
    const names = [...aliases, { alias: String(version), version }];
    return names.map(({ alias, version }) => ({
      reference: `${name}@${alias}`,
      task,
      modelId,
      version,
    }));
  });
}
