// What came to, went from and changed in a list of words or a record: tags, what a picture says of itself.

export interface MemberChanges {
  added: string[];
  removed: string[];
  changed: string[];
}

/**
 * @example
 * compareMembers(['night'], ['night', 'cold']); // { added: ['cold'], removed: [], changed: [] }
 * compareMembers({ iso: 100 }, { iso: 200 }); // { added: [], removed: [], changed: ['iso'] }
 */
export function compareMembers(before: unknown, after: unknown): MemberChanges {
  const [old, now] = [membersOf(before), membersOf(after)];
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now.keys()].filter((name) => old.has(name) && old.get(name) !== now.get(name)),
  };
}

/** Names with their values as text; the words of a list are names without a value. */
function membersOf(value: unknown): Map<string, string> {
  if (Array.isArray(value)) return new Map(value.map((word) => [String(word), '']));
  const members = Object.entries((value ?? {}) as Record<string, unknown>);
  return new Map(members.map(([name, member]) => [name, JSON.stringify(member)]));
}
