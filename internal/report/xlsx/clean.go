package xlsx

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// cellLimit is the number of UTF-16 units a cell can hold. excelize cuts
	// longer texts without a word.
	cellLimit = 32767
	// shownLimit is the number of characters of one value that a page shows. A
	// row can be 409 points high, about thirty lines.
	shownLimit = 900
)

// clean makes a text fit for a cell: line ends are \n, and characters that XML
// forbids, that would be invalid UTF-8 or that turn the direction of the text
// around are replaced by U+FFFD, so that one sees that something was there.
func clean(s string) string {
	ok := true
	for _, r := range s {
		if r == '\r' || r == utf8.RuneError || !printable(r) {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case !printable(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// printable tells whether a character may stand in a cell.
func printable(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return true
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return false
	case r&0xfffe == 0xfffe:
		return false
	}
	return true
}

// shorten cuts a text after limit characters, at a space where there is one, and
// says so with mark, in which {n} is the number of characters of the whole.
func shorten(s string, limit int, mark string) string {
	n := utf8.RuneCountInString(s)
	if n <= limit {
		return s
	}
	return cutAt(s, limit, n, mark)
}

// again shortens a text further that shorten may have cut already: what it says of
// the length stays that of the whole.
func again(s string, limit int, mark string) string {
	n := utf8.RuneCountInString(s)
	if before, after, ok := strings.Cut(mark, "{n}"); ok && strings.HasSuffix(s, after) {
		if i := strings.LastIndex(s, " … "+before); i >= 0 {
			if was, err := strconv.Atoi(s[i+len(" … "+before) : len(s)-len(after)]); err == nil {
				s, n = s[:i], was
			}
		}
	}
	return cutAt(s, limit, n, mark)
}

// cutAt cuts a text after limit characters and says that the whole had n.
func cutAt(s string, limit, n int, mark string) string {
	end, seen := len(s), 0
	for i := range s {
		if seen == limit {
			end = i
			break
		}
		seen++
	}
	head := s[:end]
	if i := strings.LastIndexAny(head, " \n"); i > len(head)*3/4 {
		head = head[:i]
	}
	return strings.TrimRight(head, " \n") + " … " + strings.ReplaceAll(mark, "{n}", strconv.Itoa(n))
}

// units is the length of a text as Excel counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// cutUnits cuts a text to at most limit UTF-16 units, for the places where Excel
// has a hard limit of its own (headers, titles of prompts).
func cutUnits(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		if n += max(1, utf16.RuneLen(r)); n > limit-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// webLink returns a link that is safe to follow from a document, or "": only
// http, https and mailto, only with a host or an address, never longer than Excel
// stores.
func webLink(s string) string {
	if units(s) > 2079 {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" || u.User != nil {
			return ""
		}
	case "mailto":
		if !strings.Contains(u.Opaque, "@") || strings.ContainsAny(s, "\n\r") {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}
