// Links and buttons in the look of the component library that lead to a page, so that they can be opened in a new tab.

import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type LinkButtonProps = ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>;

export const LinkButton = createLink((props: LinkButtonProps) => (
  <Button component="a" {...props} />
));

type LinkAnchorProps = AnchorProps & Omit<ComponentProps<'a'>, keyof AnchorProps>;

export const LinkAnchor = createLink((props: LinkAnchorProps) => <Anchor {...props} />);
