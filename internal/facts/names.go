package facts

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"puntari/internal/checklist"
)

// ColumnNames finds column names that usually carry personal data.
type ColumnNames struct {
	entries []checklist.LexiconEntry
	// byFirst holds the names by their first word: entry index and words.
	byFirst map[string][]lexiconName

	// found remembers names: columns of one organisation have many in common.
	mu    sync.RWMutex
	found map[string]*checklist.LexiconEntry
}

// maxNames bounds the names that are remembered, maxName the bytes of each.
const (
	maxNames = 1 << 12
	maxName  = 64
)

type lexiconName struct {
	entry int
	words []string
}

// NewColumnNames prepares the entries of a lexicon.
func NewColumnNames(l *checklist.Lexicon) *ColumnNames {
	c := &ColumnNames{entries: l.Entries, byFirst: map[string][]lexiconName{}, found: map[string]*checklist.LexiconEntry{}}
	for i, e := range l.Entries {
		for _, n := range e.Names {
			if w := strings.Fields(n); len(w) > 0 {
				c.byFirst[w[0]] = append(c.byFirst[w[0]], lexiconName{i, w})
			}
		}
	}
	return c
}

// Find returns the lexicon entry that a column's name matches, or nil: the
// words of one of the entry's names stand next to each other in it.
func (c *ColumnNames) Find(column string) *checklist.LexiconEntry {
	if len(column) > maxName {
		return c.search(column)
	}
	c.mu.RLock()
	entry, known := c.found[column]
	c.mu.RUnlock()
	if known {
		return entry
	}
	entry = c.search(column)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.found) < maxNames {
		c.found[strings.Clone(column)] = entry
	}
	return entry
}

func (c *ColumnNames) search(column string) *checklist.LexiconEntry {
	words := Words(column)
	for i, w := range words {
		for _, n := range c.byFirst[w] {
			if len(words)-i >= len(n.words) && equal(words[i:i+len(n.words)], n.words) {
				return &c.entries[n.entry]
			}
		}
	}
	return nil
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// startsWord tells whether a word begins with a capital letter behind others: the S
// of "HTTPServer", and not the P of "IPv6" or the D of "IDs".
func startsWord(r []rune) bool {
	return len(r) > 2 && unicode.IsLower(r[1]) && unicode.IsLower(r[2])
}

// Words splits a column's name into words in lower case without accents:
// "asiakasNro_Hlö" gives asiakas, nro, hlo.
func Words(name string) []string {
	var words []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			words = append(words, b.String())
			b.Reset()
		}
	}
	runes := slices.DeleteFunc([]rune(norm.NFD.String(name)), func(r rune) bool { return unicode.Is(unicode.Mn, r) })
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			camel := unicode.IsUpper(r) && i > 0 &&
				(unicode.IsLower(runes[i-1]) || startsWord(runes[i:]) && (unicode.IsUpper(runes[i-1]) || unicode.IsDigit(runes[i-1])))
			if camel {
				flush()
			}
			b.WriteRune(unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return words
}
