import { Badge } from '@mantine/core';
import type { ModelReference } from '@migaki/api';
import { LinkAnchor } from '../shell/links.tsx';
import '../runs/runs.css';

/** A version of a model by its name, with what points at it. */
export function ModelLink({ model }: { model: ModelReference }) {
  const { modelId, name, version, aliases } = model;
  return (
    <span className="model-link">
      <LinkAnchor
        inherit
        to="/models/$modelId"
        params={{ modelId: String(modelId) }}
        search={{ version: String(version) }}
      >
        {name}@{version}
      </LinkAnchor>
      {aliases.map((alias) => (
        <AliasBadge key={alias} alias={alias} />
      ))}
    </span>
  );
}

/** What points at a version, `champion` in gold. */
export function AliasBadge({ alias }: { alias: string }) {
  return (
    <Badge
      size="sm"
      variant="light"
      color={alias === 'champion' ? 'yellow' : 'indigo'}
      c={alias === 'champion' ? 'light-dark(#7a4f00, var(--mantine-color-yellow-3))' : undefined}
    >
      {alias}
    </Badge>
  );
}
