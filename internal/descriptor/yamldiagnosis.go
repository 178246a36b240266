package descriptor

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// The YAML library says in English what its parser waited for, and a line that
// is often that of the block around the mistake. What follows finds the line at
// which parsing stops and tells the author what to mend there.

// diagnoses lists what the library says and how to look closer, in the order
// in which they are tried.
var diagnoses = []struct {
	says string
	look func(text string, line span) *syntaxError
}{
	{"cannot start any token", lookAtStart},
	{"tab character", lookAtTab},
	{"mapping values are not allowed", lookAtColon},
	{"could not find expected ':'", lookAtMissingColon},
	{"unexpected end of stream", lookAtQuote},
	{"unexpected document indicator", lookAtQuote},
	{"did not find expected ',' or", lookAtBracket},
	{"did not find expected node content", lookAtBracket},
	{"block sequence entries are not allowed", lookAtDash},
	{"did not find expected key", lookAtIndent},
	{"did not find expected '-' indicator", lookAtIndent},
	{"escape", lookAtEscape},
	{"hexdecimal", lookAtEscape},
	{"alphabetic or numeric character", lookAtStart},
	{"whitespace or line break", lookAtStart},
	{"undefined tag handle", lookAtStart},
	{"expected tag", lookAtStart},
	{"expected '!'", lookAtStart},
	{"comment or line break", lookAtStart},
	{"directive", lookAtStart},
}

// span is a stretch of text, of a line without its end.
type span struct{ start, end int }

func diagnoseYAML(text string, err error, l limits) *syntaxError {
	says, line := splitYAMLError(err)
	switch {
	case errors.Is(err, errSecondDocument):
		return syntaxErr(strings.Index(text, "\r---")+1, codeSeveralDocuments)
	case strings.Contains(says, "max depth"):
		return syntaxErr(lineSpan(text, line).start, codeDeepNesting, "limit", strconv.Itoa(l.depth))
	case strings.HasPrefix(says, "unknown anchor"):
		return unknownAnchor(text, says)
	}
	at := failingLine(text, says, line)
	for _, d := range diagnoses {
		if strings.Contains(says, d.says) {
			if e := d.look(text, at); e != nil {
				return e
			}
		}
	}
	return syntaxErr(firstInk(text, at), codeYAMLSyntax)
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// splitYAMLError takes the line number off a message of the library.
func splitYAMLError(err error) (says string, line int) {
	says = err.Error()
	m := yamlLine.FindStringSubmatch(says)
	if m == nil {
		return says, 1
	}
	line, _ = strconv.Atoi(m[1])
	return says[len(m[0]):], max(line, 1)
}

// failingLine is the line that makes the parser stop: the last of the shortest
// run of lines from the start that it refuses in the same words. In a long text
// it is the line that the library gave.
func failingLine(text, says string, line int) span {
	const longest = 256 << 10 // searching means parsing a dozen times
	if len(text) > longest || strings.Contains(says, "unexpected end of stream") {
		return lineSpan(text, line)
	}
	var ends []int
	for at := 0; at >= 0; {
		at = nextLine(text, at)
		if at >= 0 {
			ends = append(ends, at)
		}
	}
	ends = append(ends, len(text))
	low, high := 0, len(ends)-1
	for low < high {
		middle := (low + high) / 2
		if _, err := parseYAML(text[:ends[middle]]); err != nil {
			if s, _ := splitYAMLError(err); s == says {
				high = middle
				continue
			}
		}
		low = middle + 1
	}
	return lineSpan(text, low+1)
}

// lineSpan is the line with the number, counted from 1, or the last.
func lineSpan(text string, line int) span {
	at := 0
	for range line - 1 {
		next := nextLine(text, at)
		if next < 0 || next == len(text) {
			break
		}
		at = next
	}
	end := strings.IndexAny(text[at:], "\r\n")
	if end < 0 {
		return span{at, len(text)}
	}
	return span{at, at + end}
}

// firstInk is the offset of the first character of a line that is not blank.
func firstInk(text string, at span) int {
	line := text[at.start:at.end]
	return at.start + len(line) - len(strings.TrimLeft(line, " \t"))
}

func lookAtTab(text string, at span) *syntaxError {
	line := text[at.start:at.end]
	if tab := strings.IndexByte(line, '\t'); tab >= 0 && strings.Trim(line[:tab], " -") == "" {
		return syntaxErr(at.start+tab, codeYAMLTab)
	}
	return nil
}

// reserved begin a value that YAML does not take as text.
const reserved = "@`%*&!|>"

var yamlValueStart = regexp.MustCompile("(?:^|: +|- +|[\\[{,] *)([" + reserved + "])")

func lookAtStart(text string, at span) *syntaxError {
	if e := lookAtTab(text, at); e != nil {
		return e
	}
	m := yamlValueStart.FindStringSubmatchIndex(text[at.start:at.end])
	if m == nil {
		return nil
	}
	return syntaxErr(at.start+m[2], codeYAMLStart, "found", text[at.start+m[2]:at.start+m[3]])
}

// lookAtColon explains "a: b: c": a second colon in the value, a line above that
// is taken for text because it has no colon, or a line that is set in below a
// value.
func lookAtColon(text string, at span) *syntaxError {
	line := text[at.start:at.end]
	if first := strings.Index(line, ": "); first >= 0 {
		rest := line[first+1:]
		second := strings.Index(rest, ": ")
		if second < 0 && strings.HasSuffix(rest, ":") {
			second = len(rest) - 1
		}
		if second >= 0 {
			return syntaxErr(at.start+first+1+second, codeYAMLColon)
		}
	}
	before := strings.TrimRight(text[:at.start], " \t\r\n")
	above := span{strings.LastIndexAny(before, "\r\n") + 1, len(before)}
	if line = text[above.start:above.end]; line != "" && !strings.Contains(line, ": ") && !strings.HasSuffix(line, ":") {
		return syntaxErr(firstInk(text, above), codeYAMLMissingColon)
	}
	return syntaxErr(firstInk(text, at), codeYAMLIndent)
}

func lookAtMissingColon(text string, at span) *syntaxError {
	return syntaxErr(firstInk(text, at), codeYAMLMissingColon)
}

// lookAtQuote finds the quote that is never closed: it is the last that opens.
func lookAtQuote(text string, _ span) *syntaxError {
	at := 0
	for {
		m := firstQuote(text[at:])
		if m < 0 {
			return nil
		}
		open := at + m
		end := closingQuote(text[open:])
		if end < 0 {
			return syntaxErr(open, codeYAMLQuote, "found", text[open:open+1])
		}
		at = open + end
	}
}

var yamlQuoteStart = regexp.MustCompile(`(?m)(?:^[ ]*|: +|- +|[\[{,][ ]*)(["'])`)

// firstQuote is the offset of the first quote that opens a value, or -1.
func firstQuote(text string) int {
	m := yamlQuoteStart.FindStringSubmatchIndex(text)
	if m == nil {
		return -1
	}
	return m[2]
}

// closingQuote is the length of the text in quotes at the start of s, or -1.
func closingQuote(s string) int {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case quote == '"' && s[i] == '\\', quote == '\'' && strings.HasPrefix(s[i:], "''"):
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return -1
}

var yamlBracketStart = regexp.MustCompile(`(?m)(?:^[ ]*|: +|- +)([\[{])`)

// lookAtBracket finds the first bracketed value that the parser refuses by
// itself.
func lookAtBracket(text string, at span) *syntaxError {
	if e := lookAfterQuote(text, at); e != nil {
		return e
	}
	for from := 0; from < at.end; {
		m := yamlBracketStart.FindStringSubmatchIndex(text[from:])
		if m == nil || from+m[2] > at.end {
			return nil
		}
		open := from + m[2]
		length, closed := bracketed(text[open:])
		if !closed {
			return syntaxErr(open, codeYAMLBracket, "found", text[open:open+1])
		}
		if _, err := parseYAML(text[open : open+length]); err != nil {
			return syntaxErr(open, codeYAMLBracket, "found", text[open:open+1])
		}
		from = open + length
	}
	return nil
}

// bracketed is the length of the bracketed value at the start of s and whether
// all its brackets close.
func bracketed(s string) (length int, closed bool) {
	var open []byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '[', '{':
			open = append(open, c+2) // "]" and "}" stand two behind in ASCII
		case ']', '}':
			if open[len(open)-1] != c {
				return i, false
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return i + 1, true
			}
		case '"', '\'':
			if !strings.ContainsRune(" ,[{:\n", rune(s[i-1])) {
				continue // an apostrophe within a word
			}
			n := closingQuote(s[i:])
			if n < 0 {
				return i, false
			}
			i += n - 1
		case '#':
			if isSpace(s[i-1]) {
				if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
					i += n
				} else {
					return len(s), false
				}
			}
		}
	}
	return len(s), false
}

func lookAtDash(text string, at span) *syntaxError {
	line := text[at.start:at.end]
	if i := strings.Index(line, ": - "); i >= 0 {
		return syntaxErr(at.start+i+2, codeYAMLDash)
	}
	return syntaxErr(firstInk(text, at), codeYAMLIndent)
}

func lookAtIndent(text string, at span) *syntaxError {
	if e := lookAfterQuote(text, at); e != nil {
		return e
	}
	if m := yamlExtraBracket.FindStringSubmatchIndex(text[at.start:at.end]); m != nil {
		return syntaxErr(at.start+m[2], codeYAMLBracket, "found", text[at.start+m[2]:at.start+m[3]])
	}
	return syntaxErr(firstInk(text, at), codeYAMLIndent)
}

// yamlExtraBracket is a line that ends in brackets of which one is too many.
var yamlExtraBracket = regexp.MustCompile(`[\]}] *([\]}])\s*(?:#.*)?$`)

var yamlAfterQuote = regexp.MustCompile(`^\s*(?:- +)*(?:[^:'"]+:\s+)?[\[{]?(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#,\]}:])`)

// lookAfterQuote finds what follows a closing quote in the same value.
func lookAfterQuote(text string, at span) *syntaxError {
	m := yamlAfterQuote.FindStringSubmatchIndex(text[at.start:at.end])
	if m == nil {
		return nil
	}
	return syntaxErr(at.start+m[2], codeYAMLAfterQuote)
}

var yamlBackslash = regexp.MustCompile(`\\(?:[^0abt\tnvfre "/\\N_LPxuU\n]|x(?:[^0-9A-Fa-f]|.[^0-9A-Fa-f])|u|U)`)

func lookAtEscape(text string, at span) *syntaxError {
	line := text[at.start:at.end]
	i := yamlBackslash.FindStringIndex(line)
	if i == nil {
		return nil
	}
	return syntaxErr(at.start+i[0], codeYAMLEscape, "found", shown(line[i[0]:min(i[0]+2, len(line))]))
}

// unknownAnchor explains "*name" without "&name": mostly a value that begins
// with an asterisk.
func unknownAnchor(text, says string) *syntaxError {
	_, name, _ := strings.Cut(says, "'")
	name, _, _ = strings.Cut(name, "'")
	return syntaxErr(max(strings.Index(text, "*"+name), 0), codeYAMLAnchor, "found", shown(name))
}
