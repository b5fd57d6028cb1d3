package dev.parley.models;

import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/// A page of the manual as HTML, with anchors where [Manual.Section#link()] points.
final class ManualPage {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser MARKDOWN = Parser.builder().extensions(TABLES).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .attributeProviderFactory(context -> anchors())
            .build();

    private ManualPage() {}

    static String html(String page) {
        return Manual.resource("/models/manual-page.html")
                .replace("{title}", title(page))
                .replace(
                        "{pages}",
                        Manual.PAGES.stream().map(other -> link(other, page)).collect(Collectors.joining()))
                .replace("{body}", HTML.render(MARKDOWN.parse(Manual.text(page))));
    }

    private static AttributeProvider anchors() {
        return (node, tag, attributes) -> {
            if (node instanceof Heading) {
                attributes.put("id", Manual.Section.anchor(TEXT.render(node)));
            }
        };
    }

    private static String link(String page, String current) {
        String mark = page.equals(current) ? " aria-current=\"page\"" : "";
        return "<a href=\"/docs/" + page + "\"" + mark + ">" + title(page) + "</a>";
    }

    private static String title(String page) {
        Node first = MARKDOWN.parse(Manual.text(page)).getFirstChild();
        return TEXT.render(first);
    }
}
