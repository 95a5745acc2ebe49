import { Kbd } from '@mantine/core';
import { capsOf } from '../../shell/keys.ts';

/** A chord as it stands on the keyboard. */
export function KeyCaps({ chord }: { chord: string }) {
  return (
    <span className="caps">
      {capsOf(chord).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  );
}
