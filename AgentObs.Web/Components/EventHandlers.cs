using Microsoft.AspNetCore.Components;

namespace AgentObs.Web.Components;

/// <summary>The events of the elements, for Razor: <c>@onnodeselect</c>, <c>@onlivechanged</c>. The class's name is Razor's rule.</summary>
[EventHandler("onnodeselect", typeof(NodeSelectEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("onlivechanged", typeof(LiveChangedEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
