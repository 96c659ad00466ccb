/**
 * Markup conversion between a platform's own notation and the canonical text form.
 *
 * <p>The canonical form is CommonMark with GFM strikethrough, restricted so that it can be scanned without a full parse:
 *
 * <ul>
 *   <li>a newline inside a paragraph is a line break;
 *   <li>references are links to {@code caravan:user/<id>}, {@code caravan:channel/<id>}, {@code caravan:group/<id>} (with the
 *       reserved groups {@code here}, {@code channel}, {@code everyone}) and {@code caravan:message/<channel>/<ts>}, the
 *       last with the original address as the link's title;
 *   <li>strikethrough is written with two tildes, a single tilde is text; code blocks are fenced, never indented;
 *   <li>text that would be read as markup is escaped: with a backslash where Mattermost's parser knows that escape, else
 *       with a character reference;
 *   <li>emoji are {@code :name:}, skin tones {@code :name::skin-tone-3:}.
 * </ul>
 */
package dev.caravan.transform.text;
