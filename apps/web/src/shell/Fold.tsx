// A part of a panel that is opened when it is wanted.

import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

interface FoldProps {
  title: ReactNode;
  isOpenAtFirst?: boolean;
  children: () => ReactNode;
}

export function Fold({ title, isOpenAtFirst = false, children }: FoldProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <h3>
        <button
          type="button"
          className="fold"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={14} aria-hidden />
          {title}
        </button>
      </h3>
      {isOpen && children()}
    </div>
  );
}
