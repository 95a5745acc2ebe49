// What stands in the header: an icon, and its word where there is room for it; the tooltip says it in any case.

import { Button, Tooltip } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

interface HeaderLook {
  icon: ReactNode;
  word: string;
  /** What the tooltip says; the word by default. */
  help?: string;
}

type HeaderButtonProps = HeaderLook & Omit<ComponentProps<'button'>, 'color'>;
type HeaderAnchorProps = HeaderLook & Omit<ComponentProps<'a'>, 'color'>;

const look = { variant: 'subtle', color: 'gray', size: 'compact-sm' } as const;
const classes = (more = '') => `header-button ${more}`;

export const HeaderButton = ({ icon, word, help = word, ...props }: HeaderButtonProps) => (
  <Tooltip label={help}>
    <Button
      {...look}
      aria-label={word}
      leftSection={icon}
      {...props}
      className={classes(props.className)}
    >
      {word}
    </Button>
  </Tooltip>
);

/** One that leads to a page. */
export const HeaderLink = createLink(({ icon, word, help = word, ...props }: HeaderAnchorProps) => (
  <Tooltip label={help}>
    <Button
      component="a"
      {...look}
      aria-label={word}
      leftSection={icon}
      {...props}
      className={classes(props.className)}
    >
      {word}
    </Button>
  </Tooltip>
));
