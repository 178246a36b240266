package xlsx

import (
	"bytes"
	"fmt"
	"strconv"

	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// chart is the chart of value against risk level. Its part is written here,
// because excelize drops the labels of the points of a scatter chart and leaves
// the cached numbers empty, so that viewers that do not calculate show nothing.
type chart struct {
	// The chart covers the cells from one to before the other, counted from 1.
	fromCol, fromRow, toCol, toRow int
	alt, xTitle, yTitle            string
	levels                         []string
	// bands are the lowest values of the levels.
	bands []float64
	// limit is where opening as it is ends; low and high name the two sides.
	limit     float64
	low, high string
	points    []point
}

// point is a dataset on the chart: its risk and the interval of its value.
type point struct {
	name          string
	x, low, high  float64
	color, symbol string
}

// series is one series of the chart.
type series struct {
	name   string
	x, y   []float64
	line   string // XML of the line
	marker string
	label  string
}

func lineXML(color string, width int, dash string) string {
	return fmt.Sprintf(`<c:spPr><a:ln w="%d" cap="rnd"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:prstDash val="%s"/><a:round/></a:ln></c:spPr>`, width, color, dash)
}

const (
	noLine   = `<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>`
	noMarker = `<c:marker><c:symbol val="none"/></c:marker>`
)

func markerXML(symbol string, size int, color string) string {
	return fmt.Sprintf(`<c:marker><c:symbol val="%s"/><c:size val="%d"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln w="12700"><a:solidFill><a:srgbClr val="`+palette.White+`"/></a:solidFill></a:ln></c:spPr></c:marker>`, symbol, size, color)
}

// labelXML puts the name of the series beside its point.
func labelXML(position, color string, size int) string {
	return fmt.Sprintf(`<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d" b="1"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:latin typeface="Calibri"/></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr><c:dLblPos val="%s"/><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="1"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`, size*100, color, position)
}

// part writes the part of the chart. Its numbers are literals: the table beside
// the chart shows them too.
func (c *chart) part() []byte {
	n := float64(len(c.levels))
	all := []series{{c.low + " | " + c.high, []float64{c.limit, c.limit}, []float64{0, 105}, lineXML(palette.Steel, 15875, "dash"), noMarker, ""}}
	for _, b := range c.bands {
		if b > 0 {
			all = append(all, series{strconv.FormatFloat(b, 'f', -1, 64), []float64{0.5, n + 0.5}, []float64{b, b}, lineXML(palette.Hair, 9525, "solid"), noMarker, ""})
		}
	}
	for i, l := range c.levels {
		all = append(all, series{l, []float64{float64(i + 1)}, []float64{3.5}, noLine, noMarker, labelXML("ctr", palette.Muted, 9)})
	}
	all = append(all,
		series{c.low, []float64{(0.5 + c.limit) / 2}, []float64{10}, noLine, noMarker, labelXML("ctr", palette.Muted, 10)},
		series{c.high, []float64{(n + 0.5 + c.limit) / 2}, []float64{10}, noLine, noMarker, labelXML("ctr", palette.Muted, 10)})
	if len(c.points) > 1 {
		a, b := c.points[0], c.points[1]
		all = append(all, series{a.name + " – " + b.name, []float64{a.x, b.x}, []float64{a.low, b.low}, lineXML(palette.Muted, 15875, "sysDot"), noMarker, ""})
	}
	for i, p := range c.points {
		if p.high > p.low {
			all = append(all, series{fmt.Sprintf("%s: %g–%g", p.name, p.low, p.high), []float64{p.x, p.x}, []float64{p.low, p.high}, lineXML(p.color, 28575, "solid"), markerXML("dash", 9, p.color), ""})
		}
		position := "t"
		if p.high > p.low || p.low > 85 {
			position = "b"
		}
		if i > 0 { // beside the first, which may be close
			position = "l"
		}
		all = append(all, series{p.name, []float64{p.x}, []float64{p.low}, noLine, markerXML(p.symbol, 13, p.color), labelXML(position, p.color, 11)})
	}
	var b bytes.Buffer
	b.WriteString(spreadsheet.Head + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>`)
	for i, s := range all {
		fmt.Fprintf(&b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:v>%s</c:v></c:tx>%s%s%s`, i, i, spreadsheet.Escape(s.name), s.line, s.marker, s.label)
		numbers(&b, "xVal", s.x)
		numbers(&b, "yVal", s.y)
		b.WriteString(`<c:smooth val="0"/></c:ser>`)
	}
	b.WriteString(`<c:axId val="111"/><c:axId val="222"/></c:scatterChart>`)
	axis(&b, 111, 222, "b", c.xTitle, "", 0.5, n+0.5, 1, false)
	axis(&b, 222, 111, "l", c.yTitle, ` rot="-5400000" vert="horz"`, 0, 105, 20, true)
	b.WriteString(`<c:spPr><a:solidFill><a:srgbClr val="` + palette.Smoke + `"/></a:solidFill><a:ln w="12700"><a:solidFill><a:srgbClr val="` + palette.Hair + `"/></a:solidFill></a:ln></c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="` + palette.White + `"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return b.Bytes()
}

func numbers(b *bytes.Buffer, tag string, v []float64) {
	fmt.Fprintf(b, `<c:%s><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, tag, len(v))
	for i, x := range v {
		fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%g</c:v></c:pt>`, i, x)
	}
	fmt.Fprintf(b, `</c:numLit></c:%s>`, tag)
}

func axis(b *bytes.Buffer, id, cross int, position, title, rotation string, from, to, unit float64, numbered bool) {
	labels := "none"
	if numbered {
		labels = "nextTo"
	}
	fmt.Fprintf(b, `<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/><c:max val="%g"/><c:min val="%g"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:title><c:tx><c:rich><a:bodyPr%s/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="1"/></a:pPr><a:r><a:rPr lang="en-US" sz="1000" b="1"><a:solidFill><a:srgbClr val="`+palette.Ink+`"/></a:solidFill></a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="%s"/><c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="`+palette.Steel+`"/></a:solidFill></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="`+palette.Muted+`"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr><c:crossAx val="%d"/><c:crosses val="min"/><c:crossBetween val="midCat"/><c:majorUnit val="%g"/></c:valAx>`,
		id, to, from, position, rotation, spreadsheet.Escape(title), labels, cross, unit)
}

// drawing writes the part that places the chart. excelize computes the place from
// row heights that it does not know for streamed rows.
func (c *chart) drawing() []byte {
	return []byte(fmt.Sprintf(spreadsheet.Head+`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor editAs="oneCell"><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1" descr="%s"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`,
		c.fromCol-1, c.fromRow-1, c.toCol-1, c.toRow-1, spreadsheet.Escape(c.alt)))
}
