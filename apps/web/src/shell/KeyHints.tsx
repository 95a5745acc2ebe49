export type KeyHint = readonly [key: string, word: string];

/** Which key does what, for those who see it; the actions themselves are told to everybody. */
export const KeyHints = ({ keys }: { keys: readonly KeyHint[] }) => (
  <span className="acting-keys" aria-hidden>
    {keys.map(([key, word]) => (
      <span key={key}>
        <kbd className="hint">{key}</kbd>
        {word}
      </span>
    ))}
  </span>
);
