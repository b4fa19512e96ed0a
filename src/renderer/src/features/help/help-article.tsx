import { type HelpId, type HelpPage, isHelpId } from "./pages.ts";
import type { HelpBlock, HelpSpan } from "./read-markdown.ts";

interface Following {
  follow(id: HelpId): void;
}

function SpanView({ span, follow }: { span: HelpSpan } & Following) {
  if (span.kind === "link") {
    const { text, to } = span;
    return (
      <button type="button" className="help-link" onClick={() => isHelpId(to) && follow(to)}>
        {text}
      </button>
    );
  }
  if (span.kind === "strong") return <strong>{span.text}</strong>;
  if (span.kind === "emphasis") return <em>{span.text}</em>;
  if (span.kind === "code") return <kbd>{span.text}</kbd>;
  return span.text;
}

function Line({ spans, follow }: { spans: readonly HelpSpan[] } & Following) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text of a page never changes.
  return spans.map((span, k) => <SpanView key={k} span={span} follow={follow} />);
}

function BlockView({ block, follow }: { block: HelpBlock } & Following) {
  if (block.kind === "heading")
    return (
      <h3>
        <Line spans={block.spans} follow={follow} />
      </h3>
    );
  if (block.kind !== "list")
    return (
      <p>
        <Line spans={block.spans} follow={follow} />
      </p>
    );
  return (
    <ul>
      {block.items.map((spans, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text of a page never changes.
        <li key={k}>
          <Line spans={spans} follow={follow} />
        </li>
      ))}
    </ul>
  );
}

/** One page of the help. */
export function HelpArticle({ page, follow }: { page: HelpPage } & Following) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key.
    <article className="help-article" aria-label={page.title} tabIndex={0}>
      <h2>{page.title}</h2>
      {page.blocks.map((block, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text of a page never changes.
        <BlockView key={k} block={block} follow={follow} />
      ))}
    </article>
  );
}
