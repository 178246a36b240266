package xlsx

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"puntari/internal/spreadsheet"
)

// shownLimit is the number of characters of one value that a page shows. A row can
// be 409 points high, about thirty lines.
const shownLimit = 900

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

// webLink returns a link that is safe to follow from a document, or "": only
// http, https and mailto, only with a host or an address, never longer than Excel
// stores.
func webLink(s string) string {
	if spreadsheet.Units(s) > 2079 {
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
