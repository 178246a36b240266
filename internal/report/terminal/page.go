package terminal

import (
	"io"
	"strings"

	"puntari/internal/wording"
)

// Style is how the text is shown.
type Style struct {
	Colour bool
	// Width is the number of characters in a line.
	Width int
}

// Page writes text to a terminal. An error of the writer is kept for the end.
type Page struct {
	w     io.Writer
	style Style
	words *wording.Words
	err   error
}

// NewPage returns a page in the language of the words.
func NewPage(w io.Writer, words *wording.Words, style Style) *Page {
	return &Page{w: w, words: words, style: style}
}

// Err is the first error of the writer.
func (p *Page) Err() error { return p.err }

// Print writes a text as it is.
func (p *Page) Print(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

// Line writes a line.
func (p *Page) Line(s string) { p.Print(s + "\n") }

// Wrap writes a text in lines of the width, the first after the lead and the
// others under it.
func (p *Page) Wrap(lead, s string) {
	indent := strings.Repeat(" ", len([]rune(lead)))
	width := max(p.style.Width, len(indent)+20)
	line, first := lead, true
	for word := range strings.FieldsSeq(s) {
		if len([]rune(line))+1+len([]rune(word)) > width && !first {
			p.Line(strings.TrimRight(line, " "))
			line, first = indent, true
		}
		if !first {
			line += " "
		}
		line += word
		first = false
	}
	p.Line(strings.TrimRight(line, " "))
}

// Message is the text with the key; params are pairs of name and value.
func (p *Page) Message(key string, params ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return p.words.Message(key, m)
}

// The escape codes of what is shown with weight.
const (
	Bold  = "1"
	Dim   = "2"
	inked = "36"
)

// Paint gives a text weight where the terminal has colour.
func (p *Page) Paint(code, s string) string {
	if !p.style.Colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}
