// Package reference writes what people read about the checklists and the data
// policy: the reference pages of the fields and the items, and the data policy as
// a document. All of it comes from the data that the engine runs, so it cannot
// say anything else than what is done.
package reference

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/engine"
	"puntari/internal/wording"
)

// Book is what the pages are written from.
type Book struct {
	catalogue *checklist.Catalogue
	engine    *engine.Engine
	notes     map[string]engine.Note
}

// New prepares the pages about a catalogue and its policies.
func New(c *checklist.Catalogue, policies fs.FS) (*Book, error) {
	e, err := engine.New(c, policies, engine.Options{})
	if err != nil {
		return nil, err
	}
	notes, err := engine.Notes(policies)
	if err != nil {
		return nil, err
	}
	return &Book{c, e, notes}, nil
}

// page is a page in one language.
type page struct {
	*checklist.Catalogue
	strings.Builder
	*Book
	words *wording.Words
	lang  string
	// file is the name of the page in docs/, "" for a document that stands alone.
	file string
	// plain leaves Markdown out of the texts.
	plain bool
	err   error
}

func (b *Book) page(lang, file string) *page {
	return &page{Catalogue: b.catalogue, Book: b, words: wording.New(b.catalogue, lang), lang: lang, file: file}
}

// bytes is the finished page.
func (p *page) bytes() ([]byte, error) { return []byte(p.String()), p.err }

// Fields is the page of the fields of a description. The file is its name in
// docs/ and in the folders of the other languages there.
func (b *Book) Fields(lang, file string) ([]byte, error) {
	return b.written(lang, file, (*page).fields)
}

// Checklists is the page of the items and of what follows from them.
func (b *Book) Checklists(lang, file string) ([]byte, error) {
	return b.written(lang, file, (*page).checklists)
}

// Articles is the page of the data policy in words.
func (b *Book) Articles(lang, file string) ([]byte, error) {
	return b.written(lang, file, (*page).policy)
}

func (b *Book) written(lang, file string, write func(*page)) ([]byte, error) {
	p := b.page(lang, file)
	p.line("<!-- Generated from checklists/ and policies/ by internal/generate. Do not edit. -->")
	write(p)
	return p.bytes()
}

func (p *page) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// say is a fixed word of the pages; params are pairs of names and values.
func (p *page) say(key string, params ...string) string {
	key = "docs." + key
	t, ok := p.Messages[key]
	if !ok {
		p.fail("checklists/messages/docs.yaml: %s is missing", key)
	}
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return t.Fill(p.lang, m)
}

func (p *page) common(key string) string { return p.Message(p.lang, "common."+key, nil) }

func (p *page) line(s string) { p.WriteString(s + "\n") }

// paragraph writes a paragraph, or nothing for an empty text.
func (p *page) paragraph(s string) {
	if s != "" {
		p.line("")
		p.line(escape(s))
	}
}

func (p *page) heading(level int, anchor, title string) {
	p.line("")
	if anchor != "" {
		p.line(`<a id="` + anchor + `"></a>`)
		p.line("")
	}
	p.line(strings.Repeat("#", level) + " " + escape(title))
}

// table writes a table with a head; a table without rows is left out.
func (p *page) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.line("")
	p.line("| " + strings.Join(head, " | ") + " |")
	p.line("|" + strings.Repeat(" --- |", len(head)))
	for _, r := range rows {
		cells := slices.Clone(r)
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.ReplaceAll(escape(cells[i]), "|", `\|`), "\n", " ")
		}
		p.line("| " + strings.Join(cells, " | ") + " |")
	}
}

// entry writes an entry of a list, or nothing for an empty text.
func (p *page) entry(name, text string) {
	if text != "" {
		p.line("- **" + escape(name) + ":** " + escape(text))
	}
}

// escape keeps Markdown from taking a "<" of a text for HTML; our own anchors stay.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("<a id=", "<a id=", "</a>", "</a>", "<", "&lt;")

// code is a name as it stands in a file.
func (p *page) code(s string) string {
	if p.plain {
		return s
	}
	return "`" + s + "`"
}

// named is a title with the code of what it names.
func (p *page) named(title, name string) string {
	if p.plain {
		return title + " (" + name + ")"
	}
	return title + " " + p.code(name)
}

// mark is a remark that must be seen.
func (p *page) mark(s string) string {
	if p.plain {
		return " (" + s + ")"
	}
	return " **(" + s + ")**"
}

// top is the path from the page to the docs folder.
func (p *page) top() string {
	if p.lang == "en" {
		return ""
	}
	return "../"
}

// title writes the heading of the page and the links to the other languages.
func (p *page) title(key string) {
	p.heading(1, "", p.say(key))
	p.paragraph(p.say("languages", "en", p.top()+p.file, "fi", p.top()+"fi/"+p.file, "sv", p.top()+"sv/"+p.file))
}

// number writes a number as the language does.
func (p *page) number(n float64) string {
	s := strconv.FormatFloat(n, 'f', -1, 64)
	if p.lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// valueLabel is a value of a field in words.
func (p *page) valueLabel(f *checklist.Field, value string) string {
	switch value {
	case "yes", "no", "unknown":
		if f.ElementType() == "tri" || value == "unknown" {
			return p.common(value)
		}
	}
	for _, v := range f.Values {
		if v.Value == value {
			return v.Label.In(p.lang)
		}
	}
	return value
}
