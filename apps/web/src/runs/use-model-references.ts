import type { Model } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../server/run-queries.ts';

interface ReferredModel {
  /** `cells@champion`, `cells@3` */
  reference: string;
  task: NonNullable<Model['latest']>['task'];
}

/** What models may be called: by their aliases, and the last version of each. Undefined until they are known. */
export function useModelReferences(): ReferredModel[] | undefined {
  const { data } = useQuery(modelsQuery({ limit: 200 }));
  return data?.items.flatMap(({ name, latest, aliases }) => {
    if (latest === null) return [];
    const { task, version } = latest;
    const names = [...aliases.map(({ alias }) => alias), String(version)];
    return names.map((called) => ({ reference: `${name}@${called}`, task }));
  });
}
