/** zod would try to compile its schemas by eval, which the page's policy refuses; imported before any schema is made. */
import { z } from "zod";

z.config({ jitless: true });
