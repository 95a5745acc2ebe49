// Imported first by pages whose content security policy forbids code made at run time. The schemas would find that out
// by trying, as each is made, and browsers report the try as an error.

import { z } from 'zod';

z.config({ jitless: true });
